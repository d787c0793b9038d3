package com.openagents.runtime.execution;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.model.ModelStream.Polled;
import java.util.List;

/// What became of the last [Effect].
public sealed interface Happened {

  /// Nothing yet: the turn begins.
  record Begun() implements Happened {}

  record Wrote(Appended outcome) implements Happened {}

  /// It is not known whether the write happened.
  record Unanswered() implements Happened {}

  record Found(List<Envelope> events) implements Happened {
    public Found {
      events = List.copyOf(events);
    }
  }

  record Asked() implements Happened {}

  record Heard(Polled polled) implements Happened {}
}
