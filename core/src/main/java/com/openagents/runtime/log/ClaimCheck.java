package com.openagents.runtime.log;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.StepEvent.IntentRecord;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.event.ToolEvent.ToolLateResult;
import com.openagents.runtime.event.ToolEvent.ToolSucceeded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// Keeps what is too large for the log beside it: the event carries a claim, [Blobs] the content.
///
/// Deposited are the payload of a frame, the text of a message, the body of an intent and the
/// output of a tool. Whoever acts on an event redeems its claim first; readers see the claim. A
/// deposit whose event is then refused stays behind, and is never of use. Thread-safe; may throw
/// [StoreUnavailable].
public final class ClaimCheck {

  /// The largest content in bytes that an event holds itself.
  public static final int INLINE_MAX = 256 << 10;

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";
  private static final int BYTES_PER_CHAR_MAX = 6;

  private final Blobs blobs;

  public ClaimCheck(Blobs blobs) {
    this.blobs = blobs;
  }

  /// The write with claims for whatever in it is large.
  public Append deposit(Append write) {
    return write.with(write.events().stream().map(this::deposit).toList());
  }

  /// The same for a write with a frame that may find nobody to take it: then the content stays in
  /// the write, which is refused with it, and nothing is kept.
  ///
  /// @param taken whether the write may be taken; asked only when a frame may be large
  public Append deposit(Append write, BooleanSupplier taken) {
    return write.events().stream().anyMatch(ClaimCheck::mayBeLarge) && !taken.getAsBoolean()
        ? write
        : deposit(write);
  }

  private static boolean mayBeLarge(Event.Known event) {
    return event instanceof FrameAccepted frame && mayBeLarge(frame.payload());
  }

  private Event.Known deposit(Event.Known event) {
    return switch (event) {
      case FrameAccepted frame -> exchange(frame, this::checkedIn);
      case StepStarted step -> exchange(step, this::checkedIn);
      case ToolSucceeded tool -> exchange(tool, this::checkedIn);
      case ToolLateResult tool -> exchange(tool, this::checkedIn);
      case MessageCompleted message when isLarge(message.text()) -> {
        BlobRef blob = put(message.text(), TEXT);
        yield new MessageCompleted(
            message.messageId(), "", message.outcome(), message.model(), blob);
      }
      default -> event;
    };
  }

  /// Reads an event with all of its content.
  ///
  /// @throws IllegalStateException when the store lacks what the event claims
  public Envelope decode(StoredEvent stored) {
    Envelope envelope = EventCodec.decode(stored);
    return new Envelope(
        envelope.runId(),
        envelope.seq(),
        redeem(envelope.event()),
        envelope.occurredAt(),
        envelope.traceId(),
        envelope.epoch());
  }

  private Event redeem(Event event) {
    return switch (event) {
      case FrameAccepted frame when !holdsItself(frame) -> exchange(frame, this::checkedOut);
      case StepStarted step -> exchange(step, this::checkedOut);
      case ToolSucceeded tool -> exchange(tool, this::checkedOut);
      case ToolLateResult tool -> exchange(tool, this::checkedOut);
      case MessageCompleted message -> redeem(message);
      default -> event;
    };
  }

  private MessageCompleted redeem(MessageCompleted message) {
    BlobRef blob = message.blob();
    return blob == null
        ? message
        : new MessageCompleted(message.messageId(), get(blob), message.outcome(), message.model());
  }

  /// Whether a payload that looks like a claim is what the sender sent.
  private static boolean holdsItself(FrameAccepted frame) {
    return BlobRef.claimed(frame.payload()).isPresent()
        && FrameAccepted.contentOf(frame.frameType(), frame.payload()).equals(frame.content());
  }

  private static FrameAccepted exchange(FrameAccepted frame, UnaryOperator<Json> counter) {
    return new FrameAccepted(
        frame.frameId(),
        frame.frameType(),
        (Json.Obj) counter.apply(frame.payload()),
        frame.content(),
        frame.source(),
        frame.occurredAt());
  }

  private static StepStarted exchange(StepStarted step, UnaryOperator<Json> counter) {
    List<IntentRecord> intents =
        step.intents().stream()
            .map(i -> new IntentRecord(i.id(), i.kind(), (Json.Obj) counter.apply(i.body())))
            .toList();
    return new StepStarted(step.turn(), step.step(), step.consumesThrough(), intents);
  }

  private static ToolSucceeded exchange(ToolSucceeded tool, UnaryOperator<Json> counter) {
    Json output = counter.apply(tool.output());
    return new ToolSucceeded(tool.toolCallId(), output, tool.outputDigest(), tool.latencyMs());
  }

  private static ToolLateResult exchange(ToolLateResult tool, UnaryOperator<Json> counter) {
    return new ToolLateResult(tool.toolCallId(), counter.apply(tool.output()));
  }

  private Json checkedIn(Json value) {
    if (!mayBeLarge(value)) {
      return value;
    }
    String text = CanonicalJson.write(value);
    return isLarge(text) ? put(text, JSON).claim() : value;
  }

  private static boolean mayBeLarge(Json value) {
    return charsMax(value) * BYTES_PER_CHAR_MAX > INLINE_MAX;
  }

  /// An upper bound of the canonical form's characters, escapes not counted.
  private static long charsMax(Json value) {
    return switch (value) {
      case Json.Null _, Json.Bool _, Json.Num _ -> 32;
      case Json.Str(String text) -> text.length() + 2L;
      case Json.Arr(var items) -> items.stream().mapToLong(i -> charsMax(i) + 1).sum() + 2;
      case Json.Obj(var fields) ->
          fields.entrySet().stream()
                  .mapToLong(field -> field.getKey().length() + charsMax(field.getValue()) + 4)
                  .sum()
              + 2;
    };
  }

  private Json checkedOut(Json value) {
    Optional<BlobRef> blob = BlobRef.claimed(value);
    return blob.isPresent() ? JsonReader.read(get(blob.get()), JsonLimits.STORED) : value;
  }

  private static boolean isLarge(String text) {
    return text.length() > INLINE_MAX
        || (text.length() > INLINE_MAX / 3
            && text.getBytes(StandardCharsets.UTF_8).length > INLINE_MAX);
  }

  private BlobRef put(String text, String mediaType) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return new BlobRef(blobs.put(content), content.length, mediaType);
  }

  private String get(BlobRef blob) {
    return blobs
        .get(blob.sha256())
        .map(content -> new String(content, StandardCharsets.UTF_8))
        .orElseThrow(() -> new IllegalStateException("the store lacks the blob " + blob.sha256()));
  }
}
