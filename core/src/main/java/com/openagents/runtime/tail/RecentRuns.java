package com.openagents.runtime.tail;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.RunEvent.RunCreated;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.stream.Published;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The whole logs of the runs that this node began last, as long as they are short and nobody else
/// wrote to them: whoever opens the stream of a run that was just started needs no look at the
/// store.
///
/// Bounded by the number of runs, and for each by events and by characters. Thread-safe.
final class RecentRuns {

  static final int RUNS_MAX = 512;
  static final int EVENTS_MAX = 64;
  static final int CHARS_MAX = 16 << 10;

  private final Map<RunId, Begun> runs = new LinkedHashMap<>();

  /// @param owner null until the start is written
  /// @param last the sequence of its last event
  private record Begun(@Nullable Principal owner, List<Envelope> log, long last, long chars) {}

  private static final Begun NOTHING = new Begun(null, List.of(), 0, 0);

  /// Makes room for a run that this node is about to begin: from before the write on, no news of
  /// the run is missed.
  synchronized void expect(RunId runId) {
    if (runs.putIfAbsent(runId, NOTHING) == null && runs.size() > RUNS_MAX) {
      runs.remove(runs.keySet().iterator().next());
    }
  }

  /// Whether what is written to a run is of use here.
  synchronized boolean holds(RunId runId) {
    return runs.containsKey(runId);
  }

  /// Takes what this node wrote to a run.
  void wrote(RunId runId, List<Envelope> written) {
    if (holds(runId)) {
      take(runId, written, chars(written));
    }
  }

  private synchronized void take(RunId runId, List<Envelope> written, long chars) {
    Begun after =
        Optional.ofNullable(runs.get(runId)).map(b -> grown(b, written, chars)).orElse(null);
    if (after == null) {
      runs.remove(runId);
    } else {
      runs.put(runId, after);
    }
  }

  private static long chars(List<Envelope> written) {
    return written.stream().mapToLong(one -> EventCodec.payload(one.event()).length()).sum();
  }

  private static @Nullable Begun grown(Begun before, List<Envelope> written, long more) {
    long chars = before.chars() + more;
    if (written.isEmpty()
        || written.getFirst().seq() != before.last() + 1
        || before.log().size() + written.size() > EVENTS_MAX
        || chars > CHARS_MAX) {
      return null;
    }
    List<Envelope> log = new ArrayList<>(before.log());
    log.addAll(written);
    Principal owner =
        written.getFirst().event() instanceof RunCreated(var spec, _)
            ? spec.owner()
            : before.owner();
    return new Begun(owner, List.copyOf(log), written.getLast().seq(), chars);
  }

  /// Hears that the log of a run reaches a sequence, whoever wrote it.
  synchronized void reaches(RunId runId, long lastSeq) {
    Begun begun = runs.get(runId);
    if (begun != null && begun.last() < lastSeq) {
      runs.remove(runId);
    }
  }

  synchronized Optional<Principal> owner(RunId runId) {
    return Optional.ofNullable(runs.get(runId)).map(Begun::owner);
  }

  /// Forgets everything: what the store has may be less than what it once answered for.
  synchronized void clear() {
    runs.clear();
  }

  /// What follows a sequence, at most so many; empty when the log is not at hand.
  synchronized Optional<List<Published>> after(RunId runId, long seq, int limit) {
    return Optional.ofNullable(runs.get(runId))
        .filter(begun -> begun.owner() != null && seq <= begun.last())
        .map(begun ->
            begun.log().stream()
                .filter(envelope -> envelope.seq() > seq)
                .limit(limit)
                .map(Published::new)
                .toList());
  }
}
