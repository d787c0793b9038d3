package com.openagents.runtime.access;

import com.openagents.runtime.canon.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What operators did, and why. Append-only. Thread-safe; may throw `StoreUnavailable`.
public interface Audit {

  void record(Entry entry);

  /// Newest first.
  ///
  /// @param before the `number` of the last row of the page before, or null
  List<Row> list(@Nullable Long before, int limit);

  /// @param actor who, such as `operator:kid-1`
  /// @param action what, such as `run.cancel`
  /// @param subject which object
  record Entry(
      String actor,
      String action,
      String subject,
      @Nullable String reason,
      @Nullable Json before,
      @Nullable Json after) {}

  record Row(long number, Instant at, Entry entry) {}
}
