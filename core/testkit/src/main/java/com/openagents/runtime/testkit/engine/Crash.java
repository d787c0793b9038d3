package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.log.Append;
import java.util.List;
import java.util.function.Predicate;

/// When a node is to go down: at one of its calls to the store or the model, before the call has
/// its effect or after it. The node that made the call loses everything it had in memory.
public final class Crash {

  /// A call that a node makes.
  ///
  /// @param number counts the calls of all nodes, from 1
  /// @param writes what it appends; empty for looks and for calls of the model
  record Call(long number, List<Append> writes) {

    private boolean writes(String eventType) {
      return writes.stream()
          .flatMap(write -> write.events().stream())
          .map(Event::type)
          .anyMatch(eventType::equals);
    }
  }

  private static final Crash NEVER = new Crash(_ -> false, true);

  private final Predicate<Call> at;
  private final boolean before;

  private Crash(Predicate<Call> at, boolean before) {
    this.at = at;
    this.before = before;
  }

  /// Nothing goes down: for a first try, which tells how many calls there are.
  public static Crash never() {
    return NEVER;
  }

  /// At the next write that has an event of the type, which so is never written.
  ///
  /// @throws IllegalArgumentException when no events are of that type
  public static Crash beforeWriting(String eventType) {
    return atWriting(eventType, true);
  }

  /// At the next write that has an event of the type; it is written, and nobody learns of it.
  ///
  /// @throws IllegalArgumentException when no events are of that type
  public static Crash afterWriting(String eventType) {
    return atWriting(eventType, false);
  }

  private static Crash atWriting(String eventType, boolean before) {
    if (EventType.named(eventType).isEmpty()) {
      throw new IllegalArgumentException("no event is of type \"" + eventType + "\"");
    }
    return new Crash(call -> call.writes(eventType), before);
  }

  /// At the call with the number, from 1, see [TestRuntime#calls()].
  public static Crash beforeCall(long number) {
    return atCall(number, true);
  }

  /// Behind the call with the number, from 1, see [TestRuntime#calls()].
  public static Crash afterCall(long number) {
    return atCall(number, false);
  }

  private static Crash atCall(long number, boolean before) {
    if (number < 1) {
      throw new IllegalArgumentException("calls are counted from 1, and this is " + number);
    }
    return new Crash(call -> call.number() == number, before);
  }

  boolean strikes(Call call, boolean beforeEffect) {
    return before == beforeEffect && at.test(call);
  }
}
