package com.openagents.runtime.projector;

import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.projection.RunDocuments.Applied;
import com.openagents.runtime.projection.ThreadSummary;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thread whose summary follows its runs. Not thread-safe.
///
/// A summary that is not kept begins with nothing, and counts only once every run of the thread has
/// been taken in from its first event.
final class ThreadWork {

  private final ThreadId threadId;
  private final boolean kept;
  private @Nullable ThreadSummary summary;
  private boolean changed;

  /// @param summary null when none is kept that could be gone on from
  ThreadWork(ThreadId threadId, @Nullable ThreadSummary summary) {
    this.threadId = threadId;
    this.summary = summary;
    this.kept = summary != null;
  }

  ThreadId threadId() {
    return threadId;
  }

  boolean kept() {
    return kept;
  }

  void take(RunWork run) {
    if (kept) {
      run.uncounted().forEach(one -> take(one, run.counted()));
    } else if (run.fromStart()) {
      run.applied().forEach(one -> take(one, 0));
    }
  }

  private void take(Applied one, long counted) {
    summary = one.thread(summary, counted);
    changed = true;
  }

  /// The summary when it changed.
  Optional<ThreadSummary> changed() {
    return changed ? Optional.ofNullable(summary) : Optional.empty();
  }
}
