package com.openagents.runtime.tail;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageDelta;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.event.RunSpec;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.run.RunRules;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A run in a log, which the test lets grow.
final class GrowingRun {

  private final EventLog log;
  private final RunId runId;
  private Run run = new Run.Absent();

  GrowingRun(EventLog log, long number) {
    this(log, number, _ -> {}, (_, _) -> {});
  }

  /// A run whose start is told of as a node tells of its own writes.
  static GrowingRun toldOf(EventLog log, long number, Tails told) {
    return new GrowingRun(log, number, told::writing, told::wrote);
  }

  /// A run whose start is told of only after what another made of it.
  static GrowingRun overtaken(EventLog log, long number, Tails told, Consumer<RunId> meanwhile) {
    return new GrowingRun(
        log,
        number,
        told::writing,
        (start, written) -> {
          meanwhile.accept(start.runId());
          told.wrote(start, written);
        });
  }

  private GrowingRun(
      EventLog log,
      long number,
      Consumer<Append> toldBefore,
      BiConsumer<Append, Appended.Written> told) {
    this.log = log;
    runId = new RunId(new UUID(0x7000, number));
    RunSpec spec =
        new RunSpec(
            new ThreadId("thread-" + number),
            new Principal.User(1),
            new RunSpec.AgentRef("echo", 1),
            RunSpec.Lifecycle.TURN,
            RunSpec.WhileBusy.ENQUEUE,
            new RunSpec.Session(null, true),
            RunSpec.ToolPolicy.OPEN,
            null,
            null,
            null,
            null);
    Append start = write(Precondition.FRESH, new RunCreated(spec, Digest.ofText("")));
    toldBefore.accept(start);
    told.accept(start, (Appended.Written) log.append(start));
  }

  RunId id() {
    return runId;
  }

  RunHead head() {
    return log.head(runId).orElseThrow();
  }

  /// Appends pieces of a message.
  void grow(int events) {
    for (int i = 0; i < events; i++) {
      append(new MessageDelta("m", "text"));
    }
  }

  /// Appends pieces of a message, and tells of each as a node tells of its own writes.
  void grow(int events, Tails told) {
    for (int i = 0; i < events; i++) {
      growAndTellLater(told).run();
    }
  }

  /// Appends a piece of a message.
  ///
  /// @return tells of it
  Runnable growAndTellLater(Tails told) {
    return appendAndTellLater(told, new MessageDelta("m", "text"));
  }

  /// Appends an event, and tells of it.
  void tell(Tails told, Event.Known event) {
    appendAndTellLater(told, event).run();
  }

  private Runnable appendAndTellLater(Tails told, Event.Known event) {
    Append append = write(Precondition.NONE, event);
    Appended.Written written = (Appended.Written) log.append(append);
    return () -> told.wrote(append, written);
  }

  void append(Event.Known event) {
    log.append(write(Precondition.NONE, event));
  }

  private Append write(Precondition precondition, Event.Known event) {
    if (event instanceof com.openagents.runtime.event.RunEvent change) {
      run = RunRules.evolve(run, change);
    }
    return Append.of(runId, precondition, List.of(event)).with(new Columns(run, 0));
  }
}
