package com.openagents.runtime.event;

/// A stored event of a known type whose payload cannot be read: the run stops, the node does not.
public final class CorruptEvent extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  CorruptEvent(StoredEvent stored, RuntimeException cause) {
    super(
        "event "
            + stored.seq()
            + " of run "
            + stored.runId()
            + ", "
            + stored.type()
            + " version "
            + stored.version()
            + ", cannot be read: "
            + cause.getMessage(),
        cause);
  }
}
