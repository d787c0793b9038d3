package com.openagents.runtime.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.TraceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The fold of a run's log: all that an executor needs to go on.
///
/// @param spec what the client asked for; null only while the run is absent
/// @param createdAt when the run was created; null only while it is absent
/// @param bytes about how large the log is, see [LogSize]
/// @param recoveries recoveries since the last progress
/// @param pending accepted frames that no turn has consumed yet, oldest first
/// @param turn the number of the latest turn, 0 before the first
/// @param open the turn in progress, or null
/// @param conversation what was said in this run, interrupted messages left out
/// @param openText the message or reasoning that has begun and not ended, or null
/// @param reason what was said of why the run is to stop, or ended so; null where nothing was
/// @param warned the limits that were warned of; that of the turn only for the latest turn
/// @param traceId of the request that the run works on, or null
public record RunState(
    Run run,
    @Nullable RunSpec spec,
    @Nullable Instant createdAt,
    long lastSeq,
    long bytes,
    int recoveries,
    List<Pending> pending,
    int turn,
    @Nullable OpenTurn open,
    List<Utterance> conversation,
    @Nullable OpenText openText,
    @Nullable String reason,
    List<String> warned,
    @Nullable TraceId traceId) {

  public static final RunState ABSENT =
      new RunState(
          new Run.Absent(),
          null,
          null,
          0,
          0,
          0,
          List.of(),
          0,
          null,
          List.of(),
          null,
          null,
          List.of(),
          null);

  /// The spec of a run that exists.
  ///
  /// @throws IllegalStateException when the run is absent
  public RunSpec specified() {
    if (spec == null) {
      throw new IllegalStateException("the run does not exist");
    }
    return spec;
  }

  /// A frame that waits for its turn.
  ///
  /// @param traceId of the request that brought it, or null
  public record Pending(long seq, FrameAccepted frame, @Nullable TraceId traceId) {

    public FrameType.Effect effect() {
      return FrameType.effectOf(frame.frameType());
    }

    public boolean is(FrameType type) {
      return frame.frameType().equals(type.wireName());
    }

    /// Whether the frame is somebody's answer to the given request for approval.
    public boolean answersApproval(String approvalId) {
      return is(FrameType.TOOL_APPROVAL)
          && frame.payload().get("approvalId") instanceof Json.Str(String id)
          && id.equals(approvalId);
    }

    /// What the sender of an approval or of a control frame gives as its reason.
    public Optional<String> reason() {
      return frame.payload().get("reason") instanceof Json.Str(String text)
          ? Optional.of(text)
          : Optional.empty();
    }

    public boolean approves() {
      return Json.TRUE.equals(frame.payload().get("approved"));
    }
  }

  /// @param seq where it began
  /// @param reasoning whether it is reasoning rather than a message
  /// @param text what the log has of it so far
  public record OpenText(long seq, String id, boolean reasoning, GrowingText text) {

    /// The same with more text.
    OpenText with(String more) {
      return new OpenText(seq, id, reasoning, text.with(more));
    }
  }
}
