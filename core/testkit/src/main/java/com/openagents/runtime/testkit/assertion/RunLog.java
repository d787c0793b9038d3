package com.openagents.runtime.testkit.assertion;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.MessageEvent.MessageCompleted;
import com.openagents.runtime.event.MessageEvent.Outcome;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.run.RunFold;
import com.openagents.runtime.run.RunState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/// What is known of one run: `assertThat(log)` begins with AssertJ's own `assertThat`.
///
/// Immutable.
public final class RunLog implements AssertProvider<RunAssert> {

  private final List<Envelope> events;
  private final @Nullable List<ModelRequest> asked;
  private final @Nullable Throwable thrown;

  private RunLog(
      List<Envelope> events, @Nullable List<ModelRequest> asked, @Nullable Throwable thrown) {
    this.events = List.copyOf(events);
    this.asked = asked == null ? null : List.copyOf(asked);
    this.thrown = thrown;
  }

  /// A log from anywhere: an engine, a store, an exported bundle. What models were asked is not
  /// known then.
  ///
  /// @param events from its beginning
  public static RunLog of(List<Envelope> events) {
    return new RunLog(events, null, null);
  }

  /// A log with what its executors know beside it.
  ///
  /// @param events from its beginning
  /// @param asked what models were asked for it, oldest first
  /// @param thrown what its agent threw last, or null
  public static RunLog of(
      List<Envelope> events, List<ModelRequest> asked, @Nullable Throwable thrown) {
    return new RunLog(events, asked, thrown);
  }

  /// The log from its beginning.
  public List<Envelope> events() {
    return events;
  }

  /// What models were asked for the run, oldest first.
  ///
  /// @throws IllegalStateException when all that is known is the log
  public List<ModelRequest> asked() {
    if (asked == null) {
      throw new IllegalStateException("a log does not tell what models were asked");
    }
    return asked;
  }

  /// What the agent threw last, which the log does not tell.
  public Optional<Throwable> thrown() {
    return Optional.ofNullable(thrown);
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
