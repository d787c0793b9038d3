package com.openagents.runtime.postgres.log;

import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Append;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A write with its payloads as text: made by the thread that asks for it, so that what cannot be
/// written fails there and not among its neighbours in a batch.
///
/// @param created the first event of a new run, or null
record PreparedWrite(Append append, List<String> payloads, @Nullable RunCreated created) {

  /// @throws IllegalArgumentException when the write begins a run without saying which, or a fork
  ///   that does more than wait, or an event has no canonical form
  static PreparedWrite of(Append append) {
    return new PreparedWrite(
        append, append.events().stream().map(EventCodec::payload).toList(), created(append));
  }

  private static @Nullable RunCreated created(Append append) {
    if (!append.precondition().fresh()) {
      return null;
    }
    if (append.columns() == null
        || append.events().isEmpty()
        || !(append.events().getFirst() instanceof RunCreated created)) {
      throw new IllegalArgumentException("a new run brings run.created first, and its columns");
    }
    append.fork();
    return created;
  }

  RunId runId() {
    return append.runId();
  }
}
