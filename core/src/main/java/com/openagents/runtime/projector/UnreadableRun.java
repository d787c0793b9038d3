package com.openagents.runtime.projector;

import com.openagents.runtime.event.StoredEvent;

/// The log of a run cannot be read beyond some event: it is damaged, or a newer runtime wrote it.
final class UnreadableRun extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableRun(StoredEvent event, RuntimeException cause) {
    super(
        "event %d of run %s cannot be read: %s".formatted(event.seq(), event.runId(), why(cause)),
        cause);
  }

  /// What is wrong, for a person.
  static String why(RuntimeException unreadable) {
    String reason = unreadable.getMessage();
    return reason == null ? unreadable.getClass().getSimpleName() : reason;
  }
}
