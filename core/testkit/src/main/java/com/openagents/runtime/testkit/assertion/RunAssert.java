package com.openagents.runtime.testkit.assertion;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.event.ReasonClass;
import com.openagents.runtime.event.RunEvent.RunExecutorLost;
import com.openagents.runtime.event.StepEvent.StepStarted;
import com.openagents.runtime.event.WaitingFor;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.Run.Outcome;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;

/// Assertions about one run. Every failure shows the run's log as a table; what the agent threw is
/// its cause.
public final class RunAssert extends AbstractAssert<RunAssert, RunLog> {

  RunAssert(RunLog actual) {
    super(actual, RunAssert.class);
  }

  public RunAssert completed() {
    return ended(Outcome.COMPLETED, null);
  }

  public RunAssert failedWith(ReasonClass why) {
    return ended(Outcome.FAILED, why);
  }

  /// Ended because somebody asked for it.
  public RunAssert canceled() {
    return ended(Outcome.CANCELED, ReasonClass.CANCEL_REQUESTED);
  }

  private RunAssert ended(Outcome outcome, @Nullable ReasonClass why) {
    return standsAt(new Run.Ended(outcome, why));
  }

  /// Waits for something, whether for ever or until some time.
  public RunAssert waitsFor(WaitingFor what) {
    return run() instanceof Run.Waiting waiting && waiting.waitingFor() == what
        ? this
        : wrong("a run that waits for " + what.wireName(), told(run()));
  }

  public RunAssert waitsUntil(Instant time) {
    return run() instanceof Run.Waiting waiting && time.equals(waiting.until())
        ? this
        : wrong("a run that waits until " + time, told(run()));
  }

  public RunAssert hasNotEnded() {
    return run().ended() ? wrong("a run that has not ended", told(run())) : this;
  }

  private RunAssert standsAt(Run expected) {
    return run().equals(expected) ? this : wrong("a run that is " + told(expected), told(run()));
  }

  /// Events of these types were written in this order; others may stand between them.
  public RunAssert emitted(String... types) {
    Iterator<String> written = actual.types().iterator();
    for (String type : types) {
      boolean found = false;
      while (!found && written.hasNext()) {
        found = written.next().equals(type);
      }
      if (!found) {
        return wrong("events in the order " + List.of(types), "no such " + type);
      }
    }
    return this;
  }

  /// Exactly these types of event, in this order.
  public RunAssert emittedExactly(String... types) {
    return actual.types().equals(List.of(types))
        ? this
        : wrong("exactly the events " + List.of(types), actual.types().toString());
  }

  /// At least one event of the kind meets the requirements.
  public <E extends Event> RunAssert emitted(Class<E> kind, Consumer<E> requirements) {
    StringBuilder misses = new StringBuilder();
    for (E event : actual.eventsOf(kind)) {
      try {
        requirements.accept(event);
        return this;
      } catch (AssertionError miss) {
        misses.append('\n').append(miss.getMessage());
      }
    }
    return wrong(
        "a " + kind.getSimpleName() + " as required",
        misses.isEmpty() ? "none" : misses.toString());
  }

  /// @throws IllegalArgumentException when there are no events of such a type
  public RunAssert neverEmitted(String... types) {
    for (String type : types) {
      if (EventType.named(type).isEmpty()) {
        throw new IllegalArgumentException("no event is of type \"" + type + "\"");
      }
    }
    return List.of(types).stream().noneMatch(actual.types()::contains)
        ? this
        : wrong("none of the events " + List.of(types), actual.types().toString());
  }

  /// The agent said these texts and no others, in this order; what was interrupted does not count.
  public RunAssert said(String... texts) {
    return actual.said().equals(List.of(texts))
        ? this
        : wrong("what was said to be " + List.of(texts), actual.said().toString());
  }

  public RunAssert saidNothing() {
    return said();
  }

  /// How many decisions were begun in all turns; one that went on after a crash counts once.
  public RunAssert startedSteps(int count) {
    return counted("steps", count, actual.eventsOf(StepStarted.class).size());
  }

  public RunAssert tookTurns(int count) {
    return counted("turns", count, actual.state().turn());
  }

  /// How often another executor had to take over.
  public RunAssert lostExecutors(int count) {
    return counted("lost executors", count, actual.eventsOf(RunExecutorLost.class).size());
  }

  public RunAssert askedModel(int times) {
    return counted("questions to a model", times, actual.asked().size());
  }

  /// Some question to a model had this in the newest message of the user.
  public RunAssert askedModel(String part) {
    return actual.asked().stream().map(RunAssert::newest).anyMatch(said -> said.contains(part))
        ? this
        : wrong(
            "a question to a model with \"" + part + "\"",
            actual.asked().stream().map(RunAssert::newest).toList().toString());
  }

  /// What models were asked, for closer looks.
  public ListAssert<ModelRequest> questions() {
    return new ListAssert<>(actual.asked()).as("questions of%n%s".formatted(actual));
  }

  private static String newest(ModelRequest request) {
    return request.turns().reversed().stream()
        .filter(turn -> turn.role() == Role.USER)
        .map(ModelRequest.Turn::text)
        .findFirst()
        .orElse("");
  }

  private RunAssert counted(String what, int expected, int found) {
    return expected == found ? this : wrong(expected + " " + what, Integer.toString(found));
  }

  private Run run() {
    isNotNull();
    return actual.state().run();
  }

  private static String told(Run run) {
    return switch (run) {
      case Run.Waiting(var what, var until) ->
          "waiting for " + what.wireName() + (until == null ? "" : " until " + until);
      case Run.Ended(_, ReasonClass why) when why != null -> run.status() + ": " + why.wireName();
      case Run other -> other.status();
    };
  }

  private RunAssert wrong(String expected, String found) {
    String agent = actual.thrown().map("%nThe agent threw %s%n"::formatted).orElse("");
    AssertionError wrong =
        failure("%nExpected %s%nbut found %s%n%s%n%s%n", expected, found, agent, actual);
    actual.thrown().ifPresent(wrong::initCause);
    throw wrong;
  }
}
