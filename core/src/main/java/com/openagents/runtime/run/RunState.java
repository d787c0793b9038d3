package com.openagents.runtime.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fold of a run's log: all that an executor needs to go on.
///
/// @param spec what the client asked for; null only while the run is absent
/// @param recoveries recoveries since the last progress
/// @param pending accepted frames that no turn has consumed yet, oldest first
/// @param turn the number of the latest turn, 0 before the first
/// @param open the turn in progress, or null
/// @param conversation what was said in this run, interrupted messages left out
/// @param openText the message or reasoning that has begun and not ended, or null
/// @param limitWarned whether the log's growth was warned of
public record RunState(
    Run run,
    @Nullable RunSpec spec,
    long lastSeq,
    int recoveries,
    List<Pending> pending,
    int turn,
    @Nullable OpenTurn open,
    List<Utterance> conversation,
    @Nullable OpenText openText,
    boolean limitWarned) {

  public static final RunState ABSENT =
      new RunState(new Run.Absent(), null, 0, 0, List.of(), 0, null, List.of(), null, false);

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
  public record Pending(long seq, FrameAccepted frame) {

    public FrameType.Effect effect() {
      return FrameType.effectOf(frame.frameType());
    }

    /// Whether the frame is somebody's answer to the given request for approval.
    public boolean answersApproval(String approvalId) {
      return frame.frameType().equals(FrameType.TOOL_APPROVAL.wireName())
          && frame.payload().get("approvalId") instanceof Json.Str(String id)
          && id.equals(approvalId);
    }
  }

  /// @param seq where it began
  /// @param reasoning whether it is reasoning rather than a message
  /// @param text what the log has of it so far
  public record OpenText(long seq, String id, boolean reasoning, String text) {}
}
