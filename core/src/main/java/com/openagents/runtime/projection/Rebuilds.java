package com.openagents.runtime.projection;

import java.util.List;
import java.util.Optional;

/// Keeps which rebuilds were asked for and how far they have come. Thread-safe; may throw
/// [com.openagents.runtime.log.StoreUnavailable].
public interface Rebuilds {

  /// Asks for a rebuild; whichever node holds the writer's lease carries it out.
  Rebuild request(Rebuild.Request request);

  /// The one with a number; empty when there is none.
  Optional<Rebuild> find(long number);

  /// The oldest that has not ended.
  Optional<Rebuild> unfinished();

  /// Keeps how far one has come, unless it has ended.
  ///
  /// @return whether it is to go on; false once it was canceled
  /// @throws WriterFenced when the epoch is over
  boolean save(long epoch, Rebuild rebuild);

  /// Ends one that has not ended; what it has written stays.
  ///
  /// @return whether there was one to end
  boolean cancel(long number);

  /// Newest first.
  List<Rebuild> recent(int limit);
}
