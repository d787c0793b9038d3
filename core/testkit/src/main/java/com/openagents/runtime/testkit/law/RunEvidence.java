package com.openagents.runtime.testkit.law;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.log.RunHead;
import java.util.List;
import java.util.stream.Stream;

/// All that is known about one run once everything is over.
///
/// @param log its whole log, deltas included, also those that aged out
/// @param writes every write to it in the order in which the store applied them, where somebody
///   watched; else empty
/// @param promises what its senders were told
public record RunEvidence(
    RunHead head, List<Envelope> log, List<WitnessedWrite> writes, Promises promises) {

  public RunEvidence {
    log = List.copyOf(log);
    writes = List.copyOf(writes);
  }

  Stream<Event> events() {
    return log.stream().map(Envelope::event);
  }

  <E extends Event> List<E> eventsOf(Class<E> type) {
    return events().filter(type::isInstance).map(type::cast).toList();
  }

  /// The texts that were said whole, in order.
  public List<String> said() {
    return eventsOf(MessageCompleted.class).stream()
        .filter(message -> message.outcome() == Outcome.COMPLETE)
        .map(MessageCompleted::text)
        .toList();
  }

  /// What the run has of another, as far as it began as a fork.
  public Inherited inherited() {
    return Inherited.of(log);
  }

  /// What the run has by itself.
  public Stream<Envelope> own() {
    long inherited = inherited().throughSeq();
    return log.stream().filter(envelope -> envelope.seq() > inherited);
  }

  public List<FrameAccepted> frames() {
    return eventsOf(FrameAccepted.class);
  }
}
