package com.openagents.runtime.log;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds runs across the store. Thread-safe; every method may throw [StoreUnavailable].
public interface RunIndex {

  /// Pages newest first.
  List<RunHead> list(Query query);

  /// The newest run of a thread that has not ended.
  Optional<RunHead> active(ThreadId threadId);

  /// Runs without executor whose time has come and that have not ended, longest due first.
  List<RunHead> due(int limit);

  /// Runs that have not ended and whose lease has run out on the store's clock, longest expired
  /// first.
  List<RunHead> expired(int limit);

  /// Ended runs that carry no seal yet, oldest first.
  List<RunId> unsealed(int limit);

  /// @param owner whose runs; null only for an operator
  /// @param before the last run of the page before, or null for the first page
  /// @param limit 1 to 200
  record Query(
      @Nullable Principal owner,
      @Nullable ThreadId threadId,
      @Nullable String status,
      @Nullable String agent,
      @Nullable Before before,
      int limit) {}

  /// A place in the order by time of creation and id, both descending.
  record Before(Instant createdAt, RunId runId) {}
}
