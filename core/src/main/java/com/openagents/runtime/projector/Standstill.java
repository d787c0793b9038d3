package com.openagents.runtime.projector;

import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.ChangeFeed.Position;
import com.openagents.runtime.projection.ProjectionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sees that nobody brings documents up to the log, whichever node should: what has moved on in the
/// log is not taken in. Not thread-safe; may throw [com.openagents.runtime.log.StoreUnavailable].
public final class Standstill {

  private final ProjectionStore store;
  private final ChangeFeed feed;
  private @Nullable Position last;
  private @Nullable Instant since;

  public Standstill(ProjectionStore store, ChangeFeed feed) {
    this.store = store;
    this.feed = feed;
  }

  /// @return how long it has been seen to last; zero when there is nothing to take in, or something
  ///   was since the look before
  public Duration look(Instant now) {
    Optional<Position> kept = store.position();
    boolean waits = kept.map(at -> !feed.since(at, 1).changes().isEmpty()).orElse(true);
    Position at = kept.orElse(null);
    if (!waits) {
      since = null;
    } else if (since == null || !Objects.equals(at, last)) {
      since = now;
    }
    last = at;
    return since == null ? Duration.ZERO : Duration.between(since, now);
  }
}
