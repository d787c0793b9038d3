package com.openagents.runtime.testkit.assertion;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AssertProvider;

/// What is known of one run: `assertThat(log)` begins with AssertJ's own `assertThat`.
///
/// @param events the run's log from its beginning
/// @param asked what models were asked for it, oldest first; empty where nobody listened
public record RunLog(List<Envelope> events, List<ModelRequest> asked)
    implements AssertProvider<RunAssert> {

  public RunLog {
    events = List.copyOf(events);
    asked = List.copyOf(asked);
  }

  /// A log from anywhere: an engine, a store, an exported bundle.
  public static RunLog of(List<Envelope> events) {
    return new RunLog(events, List.of());
  }

  /// The fold of the log.
  public RunState state() {
    return RunFold.fold(RunState.ABSENT, events);
  }

  public List<String> types() {
    return facts().map(Event::type).toList();
  }

  public <E extends Event> List<E> eventsOf(Class<E> kind) {
    return facts().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// The texts that the agent said whole, oldest first.
  public List<String> said() {
    return eventsOf(MessageCompleted.class).stream()
        .filter(message -> message.outcome() == Outcome.COMPLETE)
        .map(MessageCompleted::shown)
        .toList();
  }

  private Stream<Event> facts() {
    return events.stream().map(Envelope::event);
  }

  /// For AssertJ; write `assertThat(log)`.
  @Override
  public RunAssert assertThat() {
    return new RunAssert(this);
  }

  /// The log as a table: sequence, time since the first event, epoch, type and payload.
  @Override
  public String toString() {
    return LogTable.of(events);
  }
}
