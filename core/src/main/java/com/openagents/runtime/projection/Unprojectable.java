package com.openagents.runtime.projection;

import com.openagents.runtime.event.StoredEvent;

/// A newer runtime wrote an event that this one cannot judge: whatever it said of the run could be
/// wrong, so the run waits for a node that knows it.
public final class Unprojectable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unprojectable(StoredEvent event) {
    super(
        "event %d is %s in version %d, which a newer runtime wrote"
            .formatted(event.seq(), event.type(), event.version()));
  }
}
