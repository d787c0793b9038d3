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

  /// @param last the sequence of its last event
  record Begun(Principal owner, List<Envelope> log, long last, long chars) {}

  /// Whether what is written to a run is of use here.
  synchronized boolean holds(RunId runId) {
    return runs.containsKey(runId);
  }

  /// Takes what this node wrote to a run.
  synchronized void wrote(RunId runId, List<Envelope> written) {
    Begun before = runs.get(runId);
    if (before == null && !written.isEmpty()) {
      before = begun(written.getFirst());
    }
    if (before == null) {
      return;
    }
    Begun after = grown(before, written);
    if (after == null) {
      runs.remove(runId);
    } else if (runs.put(runId, after) == null && runs.size() > RUNS_MAX) {
      runs.remove(runs.keySet().iterator().next());
    }
  }

  private static @Nullable Begun begun(Envelope first) {
    return first.seq() == 1 && first.event() instanceof RunCreated(var spec, _)
        ? new Begun(spec.owner(), List.of(), 0, 0)
        : null;
  }

  private static @Nullable Begun grown(Begun before, List<Envelope> written) {
    if (written.isEmpty()
        || written.getFirst().seq() != before.last() + 1
        || before.log().size() + written.size() > EVENTS_MAX) {
      return null;
    }
    long chars = before.chars();
    for (Envelope envelope : written) {
      chars += EventCodec.payload(envelope.event()).length();
    }
    if (chars > CHARS_MAX) {
      return null;
    }
    List<Envelope> log = new ArrayList<>(before.log());
    log.addAll(written);
    return new Begun(before.owner(), List.copyOf(log), written.getLast().seq(), chars);
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

  /// What follows a sequence, at most so many; empty when the log is not at hand.
  synchronized Optional<List<Published>> after(RunId runId, long seq, int limit) {
    return Optional.ofNullable(runs.get(runId))
        .map(begun ->
            begun.log().stream()
                .filter(envelope -> envelope.seq() > seq)
                .limit(limit)
                .map(Published::new)
                .toList());
  }
}
