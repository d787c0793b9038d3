package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.MessageEvent.MessageStarted;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.event.StepEvent.StepFinished;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.testkit.law.RunEvidence;
import java.util.List;
import java.util.Optional;

/// A fork begins with what its original begins with, up to the place that its maker was told; then
/// it says so, and carries none of it on.
///
/// @param original as it is at the end
/// @param atSeq what the answer named
record ForkLaw(RunEvidence original, long atSeq) {

  Optional<String> breach(RunEvidence fork) {
    List<Envelope> log = fork.log();
    if (log.size() <= atSeq) {
      return Optional.of("it ends at %d, before %d".formatted(log.size(), atSeq));
    }
    for (int i = 0; i < atSeq; i++) {
      if (!copies(original.log().get(i), log.get(i))) {
        return Optional.of("%s stands for %s".formatted(log.get(i), original.log().get(i)));
      }
    }
    Event forked = log.get((int) atSeq).event();
    return forked.equals(new RunForked(original.head().runId(), atSeq))
        ? carriedOn(fork)
        : Optional.of("%s stands behind %d events of %s".formatted(forked, atSeq, original.head()));
  }

  private static boolean copies(Envelope original, Envelope copy) {
    if (original.event() instanceof RunCreated created) {
      return copy.event() instanceof RunCreated own
          && own.spec().owner().equals(created.spec().owner())
          && own.spec().agent().equals(created.spec().agent())
          && own.spec().lifecycle() == created.spec().lifecycle()
          && own.spec().whileBusy() == created.spec().whileBusy()
          && !own.spec().threadId().equals(created.spec().threadId());
    }
    return copy.event().equals(original.event())
        && copy.seq() == original.seq()
        && copy.epoch() == null;
  }

  private static Optional<String> carriedOn(RunEvidence fork) {
    int turns = fork.inherited().turns();
    return fork.own()
        .filter(envelope -> turnOf(envelope.event()) <= turns)
        .findFirst()
        .map(envelope -> "it went on with an earlier turn by " + envelope);
  }

  private static int turnOf(Event event) {
    return switch (event) {
      case StepStarted started -> started.turn();
      case StepFinished finished -> finished.turn();
      case MessageEvent message -> Integer.parseInt(idOf(message).split("\\.", 2)[0]);
      default -> Integer.MAX_VALUE;
    };
  }

  private static String idOf(MessageEvent event) {
    return switch (event) {
      case MessageStarted(String id) -> id;
      case MessageDelta(String id, _) -> id;
      case MessageCompleted message -> message.messageId();
    };
  }
}
