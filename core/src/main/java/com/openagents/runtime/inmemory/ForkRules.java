package com.openagents.runtime.inmemory;

import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.FrameKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a fork begins with: the beginning of another run's log under its own id. Pure.
final class ForkRules {

  private ForkRules() {}

  /// Why the original cannot be copied, or empty.
  static Optional<Refusal> refusal(@Nullable RunRecord original, RunForked fork, Principal owner) {
    if (original == null) {
      return Optional.of(Refusal.UNKNOWN_RUN);
    }
    if (!original.head().owner().equals(owner)) {
      return Optional.of(Refusal.FOREIGN);
    }
    boolean whole = fork.atSeq() >= 1 && behindTheFirst(original, fork).size() == fork.atSeq() - 1;
    if (!whole) {
      return Optional.of(Refusal.MISSING);
    }
    return bytes(behindTheFirst(original, fork)) > Append.COPIED_BYTES_MAX
        ? Optional.of(Refusal.TOO_LARGE)
        : Optional.empty();
  }

  private static long bytes(List<StoredEvent> events) {
    return events.stream()
        .mapToLong(event -> event.payload().getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }

  /// What a fork has behind its first event, under its own id.
  static List<StoredEvent> copies(RunRecord original, RunForked fork, Append write, Instant now) {
    return behindTheFirst(original, fork).stream()
        .map(event ->
            new StoredEvent(
                write.runId(),
                event.seq(),
                event.type(),
                event.version(),
                event.payload(),
                now,
                write.traceId(),
                null))
        .toList();
  }

  private static List<StoredEvent> behindTheFirst(RunRecord original, RunForked fork) {
    return original.page(1, Integer.MAX_VALUE, event -> event.seq() <= fork.atSeq());
  }

  /// The keys of the frames among events.
  static List<FrameKey> frames(List<StoredEvent> events) {
    return events.stream()
        .filter(event -> event.type().equals(EventType.FRAME_ACCEPTED.wireName()))
        .map(event -> (FrameAccepted) EventCodec.decode(event).event())
        .map(frame -> new FrameKey(frame.frameId(), frame.content()))
        .toList();
  }
}
