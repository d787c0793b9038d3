package com.openagents.runtime.seal;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Seals;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A run's log from a place on, link by link of its chain: events, and ranges that aged out.
///
/// Looks for a range only where an event is missing, so that it finds those too that aged while it
/// reads. Not thread-safe.
public final class Links {

  private static final int PAGE = 1_000;

  private final EventLog log;
  private final Seals seals;
  private final int pageSize;
  private final Queue<StoredEvent> page = new ArrayDeque<>();
  private Chain chain;
  private boolean last;

  /// @param after where the log is read from
  public Links(EventLog log, Seals seals, Chain after) {
    this(log, seals, after, PAGE);
  }

  Links(EventLog log, Seals seals, Chain after, int pageSize) {
    this.log = log;
    this.seals = seals;
    this.chain = after;
    this.pageSize = pageSize;
  }

  /// A link of the chain.
  public sealed interface Link {}

  public record Written(StoredEvent event) implements Link {}

  /// @param before the chain up to the range
  public record Aged(AgedRange range, Chain before) implements Link {}

  /// The chain behind the link that was given last.
  public Chain chain() {
    return chain;
  }

  /// The next link, or null behind the last event.
  ///
  /// @throws Missing when an event is neither there nor noted as aged
  public @Nullable Link next() {
    StoredEvent event = nextEvent();
    if (event == null) {
      return null;
    }
    if (event.seq() > chain.count() + 1) {
      AgedRange range = range();
      Aged link = new Aged(range, chain);
      chain = chain.through(range);
      return link;
    }
    page.remove();
    chain = chain.next(event);
    return new Written(event);
  }

  /// The first event that was read and is not in the chain; it stays in the page.
  private @Nullable StoredEvent nextEvent() {
    while (true) {
      StoredEvent event = page.peek();
      if (event != null && event.seq() > chain.count()) {
        return event;
      }
      if (event != null) {
        page.remove();
      } else if (last) {
        return null;
      } else {
        List<StoredEvent> read = log.read(chain.runId(), chain.count(), pageSize);
        page.addAll(read);
        last = read.size() < pageSize;
      }
    }
  }

  private AgedRange range() {
    long missing = chain.count() + 1;
    return seals.aged(chain.runId()).stream()
        .filter(range -> range.from() == missing)
        .findFirst()
        .orElseThrow(() -> new Missing(missing));
  }

  /// An event that is neither in the log nor noted as aged.
  public static final class Missing extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final long seq;

    Missing(long seq) {
      super("the log lacks sequence " + seq);
      this.seq = seq;
    }

    public long seq() {
      return seq;
    }
  }
}
