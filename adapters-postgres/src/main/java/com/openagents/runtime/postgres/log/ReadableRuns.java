package com.openagents.runtime.postgres.log;

import com.openagents.runtime.log.RunHead;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leaves out of lists what this version cannot read, such as a run that waits for what only a
/// newer version knows: it is that version's to carry on, and stands in nobody's way. Thread-safe.
///
/// Only the first that is found is named in the log; there may be as many as there are runs.
final class ReadableRuns {

  private static final Logger LOG = LoggerFactory.getLogger(ReadableRuns.class);

  private final AtomicBoolean named = new AtomicBoolean();

  /// Rows as they were read.
  ///
  /// @param rows how many there were, those that cannot be read included
  record Rows(List<RunHead> heads, int rows) {}

  /// Hears of a row that cannot be read.
  void leaveOut(UUID runId, IllegalArgumentException why) {
    if (named.compareAndSet(false, true)) {
      LOG.warn(
          "runs that this version cannot read are left out, first {}: {}", runId, why.getMessage());
    }
  }

  /// As many runs as are wanted, or all there are, for a list that is shorter is taken for the
  /// last.
  ///
  /// @param read reads so many rows at most, always the same ones first
  static List<RunHead> list(int limit, IntFunction<Rows> read) {
    for (int asked = limit; ; asked *= 2) {
      Rows found = read.apply(asked);
      if (found.heads().size() >= limit || found.rows() < asked) {
        return found.heads().subList(0, Math.min(limit, found.heads().size()));
      }
    }
  }
}
