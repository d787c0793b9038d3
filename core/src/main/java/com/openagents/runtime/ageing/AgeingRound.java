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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
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

  /// Of so many times as many runs as are looked at, those who come together choose by dice, so
  /// that they hardly ever do the same.
  private static final int CHOICE = 10;

  /// How much one round does at most.
  ///
  /// @param turns how often a round does all of the following while there is more to do
  /// @param runs looked at
  /// @param events of a run that are taken in one look, but for those before the first that may age
  ///   and what is open behind them
  /// @param removed sequences removed in one transaction
  /// @param removals such transactions
  public record Bounds(int turns, int runs, int events, int removed, int removals) {
    public static final Bounds DEFAULT = new Bounds(100, 100, 20_000, 1_000, 50);
  }

  private final EventLog log;
  private final Ageing ageing;
  private final Seals seals;
  private final Sealer sealer;
  private final Duration window;
  private final Bounds bounds;
  private final RandomGenerator dice;

  /// @param window how long pieces stay at least
  /// @param dice choose which runs are looked at when many are due
  public AgeingRound(
      EventLog log,
      Ageing ageing,
      Seals seals,
      Sealer sealer,
      Duration window,
      Bounds bounds,
      RandomGenerator dice) {
    this.log = log;
    this.ageing = ageing;
    this.seals = seals;
    this.sealer = sealer;
    this.window = window;
    this.bounds = bounds;
    this.dice = dice;
  }

  /// @return how many sequences were removed
  public long run() {
    long removed = 0;
    boolean more = true;
    for (int turn = 0; more && turn < bounds.turns(); turn++) {
      more = lookAtSome();
      int now = bounds.removed();
      for (int i = 0; now > 0 && i < bounds.removals(); i++) {
        now = ageing.remove(bounds.removed());
        removed += now;
      }
      more |= now > 0;
    }
    return removed;
  }

  /// @return whether there may be more to look at; not while all that is due is in others' hands
  private boolean lookAtSome() {
    List<RunId> some = some();
    int noted = 0;
    for (RunId runId : some) {
      RunHead head = log.head(runId).orElse(null);
      if (head != null && ageing.note(look(head))) {
        noted++;
      }
    }
    return some.size() == bounds.runs() && noted > 0;
  }

  private List<RunId> some() {
    List<RunId> due = new ArrayList<>(ageing.due(window, bounds.runs() * CHOICE));
    if (due.size() <= bounds.runs()) {
      return due;
    }
    Collections.shuffle(due, dice);
    return due.subList(0, bounds.runs());
  }

  private Look look(RunHead head) {
    try {
      return looked(head);
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException damaged) {
      LOG.warn("nothing ages out of the log of {}: {}", head.runId(), damaged.getMessage());
      return new Look(head.runId(), head.floor(), head.floor(), List.of(), head.readAt());
    }
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
