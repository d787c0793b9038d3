package com.openagents.runtime.run;

import com.openagents.runtime.event.Event;

/// A log holds an event that cannot follow what came before; the run stops, the node does not.
public final class CorruptLog extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public CorruptLog(Run state, Event event) {
    super(event.type() + " cannot follow the state " + state.status());
  }
}
