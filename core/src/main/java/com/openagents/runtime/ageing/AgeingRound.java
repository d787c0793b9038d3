package com.openagents.runtime.ageing;

import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing;
import com.openagents.runtime.log.Ageing.Look;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.seal.Chain;
import com.openagents.runtime.seal.Links;
import com.openagents.runtime.seal.Sealer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One round of letting old pieces of text go: looks at runs that are due, signs for what may age,
/// and removes it in small transactions.
///
/// Any number of nodes may do rounds at the same time; who comes second finds nothing to do. Stops
/// at any point without harm. Thread-safe; throws [StoreUnavailable].
public final class AgeingRound {

  private static final Logger LOG = LoggerFactory.getLogger(AgeingRound.class);

  /// A run that goes on has something that grows old all the time; it is looked at this often.
  private static final int LOOKS_IN_WINDOW = 10;

  /// How much one round does at most.
  ///
  /// @param runs looked at
  /// @param events of a run that are taken in one look, but for those before the first that may age
  ///   and what is open behind them
  /// @param removed sequences removed in one transaction
  /// @param removals such transactions
  public record Bounds(int runs, int events, int removed, int removals) {
    public static final Bounds DEFAULT = new Bounds(100, 20_000, 1_000, 50);
  }

  private final EventLog log;
  private final Ageing ageing;
  private final Seals seals;
  private final Sealer sealer;
  private final Duration window;
  private final Bounds bounds;

  /// @param window how long pieces stay at least
  public AgeingRound(
      EventLog log, Ageing ageing, Seals seals, Sealer sealer, Duration window, Bounds bounds) {
    this.log = log;
    this.ageing = ageing;
    this.seals = seals;
    this.sealer = sealer;
    this.window = window;
    this.bounds = bounds;
  }

  /// @return how many sequences were removed
  public long run() {
    for (RunId runId : ageing.due(window, bounds.runs())) {
      log.head(runId).ifPresent(this::look);
    }
    long removed = 0;
    for (int i = 0; i < bounds.removals(); i++) {
      int now = ageing.remove(bounds.removed());
      removed += now;
      if (now == 0) {
        break;
      }
    }
    return removed;
  }

  private void look(RunHead head) {
    Look look;
    try {
      look = looked(head);
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException damaged) {
      LOG.warn("nothing ages out of the log of {}: {}", head.runId(), damaged.getMessage());
      look = new Look(head.runId(), head.floor(), head.floor(), List.of(), head.readAt());
    }
    ageing.note(look);
  }

  private Look looked(RunHead head) {
    Stretches stretches = new Stretches(head.floor());
    Instant until = read(head, stretches);
    List<AgedRange> ranges =
        stretches.ready().stream().map(s -> sealer.aged(s.before(), s.through())).toList();
    long floor = ranges.isEmpty() ? head.floor() : stretches.floor();
    return new Look(head.runId(), head.floor(), floor, ranges, until);
  }

  /// @return when the next look has something to find; null when never
  private @Nullable Instant read(RunHead head, Stretches stretches) {
    Instant young = head.readAt().minus(window);
    Links links = new Links(log, seals, known(head));
    int taken = 0;
    while (true) {
      Chain before = links.chain();
      Links.@Nullable Link link = links.next();
      if (link == null) {
        return head.columns().run().ended() ? null : head.readAt();
      }
      if (!(link instanceof Links.Written(StoredEvent event)) || event.seq() <= head.floor()) {
        continue;
      }
      if (event.occurredAt().isAfter(young)) {
        return event.occurredAt().plus(window.dividedBy(LOOKS_IN_WINDOW));
      }
      if (taken >= bounds.events() && stretches.resting() && stretches.found()) {
        return event.occurredAt();
      }
      stretches.take(EventCodec.decode(event), before, links.chain());
      taken++;
    }
  }

  /// The chain behind what aged last, which is below the floor.
  private Chain known(RunHead head) {
    List<AgedRange> aged = seals.aged(head.runId());
    if (aged.isEmpty() || aged.getLast().through() > head.floor()) {
      return Chain.begin(head.runId());
    }
    AgedRange last = aged.getLast();
    return new Chain(head.runId(), last.head(), last.through());
  }
}
