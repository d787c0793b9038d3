package com.openagents.runtime.event;

import com.openagents.runtime.identity.RunId;

/// An event in the store cannot be read; its run stops, the node does not.
public final class CorruptEvent extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final transient RunId runId;
  private final long seq;
  private final String type;

  CorruptEvent(StoredEvent stored, RuntimeException cause) {
    super(
        "event %d of run %s (%s) is damaged: %s"
            .formatted(stored.seq(), stored.runId(), stored.type(), cause.getMessage()),
        cause);
    this.runId = stored.runId();
    this.seq = stored.seq();
    this.type = stored.type();
  }

  public RunId runId() {
    return runId;
  }

  public long seq() {
    return seq;
  }

  public String type() {
    return type;
  }
}
