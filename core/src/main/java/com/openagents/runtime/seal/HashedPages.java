package com.openagents.runtime.seal;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Seals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Reads pages of a log with the hash of each event, as the sealer chains them.
///
/// A page goes on from the nearest hash that is known before it: the seal's, or that of a page that
/// was read here lately. What lies between is read and hashed, up to a bound. Thread-safe; throws
/// what its ports throw.
public final class HashedPages {

  /// How many events before a page are hashed for it at most.
  public static final int BEHIND_MAX = 100_000;

  private static final int REMEMBERED_MAX = 10_000;
  private static final int PAGE = 1_000;

  private final EventLog log;
  private final Seals seals;
  private final int behindMax;
  private final ConcurrentSkipListMap<Place, Digest> remembered =
      new ConcurrentSkipListMap<>(
          Comparator.comparing(Place::runId).thenComparingLong(Place::count));

  private record Place(RunId runId, long count) {}

  /// What became of the wish for a page.
  public sealed interface Page {}

  /// @param events in the version in which they were written
  public record Hashed(List<HashedEvent> events) implements Page {}

  /// More than [#BEHIND_MAX] events stand between the page and the last known hash.
  public record TooFar(long knownThrough) implements Page {}

  /// An event on the way is missing and not noted as aged, so that what follows cannot be hashed.
  public record Aged(long missing) implements Page {}

  /// @param envelope the stored event, whose canonical form is what is hashed
  public record HashedEvent(Json.Obj envelope, Digest hash) {}

  public HashedPages(EventLog log, Seals seals) {
    this(log, seals, BEHIND_MAX);
  }

  HashedPages(EventLog log, Seals seals, int behindMax) {
    this.log = log;
    this.seals = seals;
    this.behindMax = behindMax;
  }

  /// @param after the last sequence already seen, at most the head of the log
  /// @param limit 1 to 1,000
  public Page read(RunId runId, long after, int limit) {
    Chain chain = nearest(runId, after);
    if (after - chain.count() > behindMax) {
      return new TooFar(chain.count());
    }
    try {
      return page(chain.count() < after ? skipped(chain, after) : chain, limit);
    } catch (Links.Missing e) {
      return new Aged(e.seq());
    }
  }

  /// The chain at a sequence, or behind the range that the sequence aged out with.
  private Chain skipped(Chain start, long after) {
    int page = (int) Math.min(PAGE, after - start.count());
    Links links = new Links(log, seals, start, page);
    while (links.chain().count() < after) {
      if (links.next() == null) {
        break;
      }
    }
    return links.chain();
  }

  private Page page(Chain start, int limit) {
    Links links = new Links(log, seals, start, limit);
    List<HashedEvent> events = new ArrayList<>();
    while (events.size() < limit) {
      Links.@Nullable Link link = links.next();
      if (link == null) {
        break;
      }
      if (link instanceof Links.Written(var event)) {
        events.add(new HashedEvent(Chain.envelope(event), links.chain().head()));
      }
    }
    remember(links.chain());
    return new Hashed(events);
  }

  private Chain nearest(RunId runId, long after) {
    Map.Entry<Place, Digest> known = remembered.floorEntry(new Place(runId, after));
    Chain read =
        known != null && known.getKey().runId().equals(runId)
            ? new Chain(runId, known.getValue(), known.getKey().count())
            : Chain.begin(runId);
    return read.count() == after
        ? read
        : seals
            .find(runId)
            .filter(seal -> seal.throughSeq() <= after && seal.throughSeq() > read.count())
            .map(seal -> new Chain(runId, seal.head(), seal.throughSeq()))
            .orElse(read);
  }

  private void remember(Chain chain) {
    if (remembered.size() >= REMEMBERED_MAX) {
      remembered.clear();
    }
    remembered.put(new Place(chain.runId(), chain.count()), chain.head());
  }
}
