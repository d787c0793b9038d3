package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.ReasoningEvent.ReasoningCompleted;
import com.openagents.runtime.event.ReasoningEvent.ReasoningDelta;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.log.DerivedRun;
import com.openagents.runtime.stream.AiSdkMapping;
import com.openagents.runtime.stream.EventsMapping;
import com.openagents.runtime.stream.Mapping;
import com.openagents.runtime.stream.StreamRunner;
import com.openagents.runtime.testkit.law.RunEvidence;
import com.openagents.runtime.testkit.law.WitnessedWrite;
import com.openagents.runtime.testkit.simulator.AgeingWitness.Noted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What ages out is old, noted before, and in a whole that was in the log then; what is left folds
/// and reads as what was written.
///
/// @param left what is there of the log
/// @param notes what was noted for ageing
record AgeingLaw(List<StoredEvent> left, List<Noted> notes, Duration retention) {

  Optional<String> early(RunEvidence run) {
    Set<Long> there = left.stream().map(StoredEvent::seq).collect(Collectors.toSet());
    return run.log().stream()
        .filter(envelope -> !there.contains(envelope.seq()))
        .map(gone -> early(gone, run))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> early(Envelope gone, RunEvidence run) {
    Noted noted = notes.stream().filter(note -> covers(note, gone.seq())).findFirst().orElse(null);
    if (noted == null) {
      return Optional.of(gone + " is gone, and nobody noted it");
    }
    Instant written = writtenAt(gone.seq(), run);
    if (noted.latest().isBefore(written.plus(retention))) {
      return Optional.of("%s of %s aged at %s".formatted(gone, written, noted.latest()));
    }
    boolean whole =
        run.log().stream()
            .filter(envelope -> envelope.seq() > gone.seq())
            .filter(envelope -> envelope.seq() <= noted.look().floor())
            .filter(envelope -> envelope.seq() <= noted.lastSeq())
            .anyMatch(envelope -> isWholeOf(envelope.event(), gone.event()));
    return whole ? Optional.empty() : Optional.of(gone + " aged before its whole was there");
  }

  private static boolean covers(Noted note, long seq) {
    return note.look().ranges().stream()
        .anyMatch(range -> range.from() <= seq && seq <= range.through());
  }

  private static Instant writtenAt(long seq, RunEvidence run) {
    return run.writes().stream()
        .map(WitnessedWrite::outcome)
        .filter(write -> write.firstSeq() <= seq && seq <= write.lastSeq())
        .findFirst()
        .orElseThrow()
        .at();
  }

  private static boolean isWholeOf(Event whole, Event piece) {
    return switch (piece) {
      case MessageDelta(String id, _) ->
          whole instanceof MessageCompleted m && m.messageId().equals(id);
      case ReasoningDelta(String id, _) ->
          whole instanceof ReasoningCompleted r && r.reasoningId().equals(id);
      default -> false;
    };
  }

  /// The row, and the texts of every stream from the start, are the same without what aged out.
  Optional<String> otherwise(RunEvidence run) {
    List<Envelope> rest = left.stream().map(EventCodec::decode).toList();
    DerivedRun derived = DerivedRun.of(rest);
    DerivedRun whole = DerivedRun.of(run.log());
    if (!derived.head().columns().equals(whole.head().columns())
        || !derived.frames().equals(whole.frames())
        || !Objects.equals(derived.endedAt(), whole.endedAt())) {
      return Optional.of("what is left gives " + derived);
    }
    return Stream.of(new EventsMapping(), AiSdkMapping.PORTABLE)
        .map(mapping -> read(mapping, rest).difference(run.log()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static TextsRead read(Mapping<?> mapping, List<Envelope> log) {
    StreamRunner<?> runner = new StreamRunner<>(mapping.replay(), 0);
    TextsRead texts = new TextsRead();
    log.forEach(envelope -> texts.take(runner.next(envelope)));
    return texts;
  }
}
