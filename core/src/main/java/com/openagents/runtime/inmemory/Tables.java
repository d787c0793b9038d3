package com.openagents.runtime.inmemory;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the ports around the runs' logs share: runs, threads, and the order of commits.
///
/// Everything happens inside [#exclusively], which is the store's one lock; nothing escapes it that
/// can change.
final class Tables {

  private final InstantSource clock;
  private final Map<RunId, RunRecord> runs = new HashMap<>();
  private final Map<ThreadId, List<RunRecord>> threads = new HashMap<>();
  private final LinkedHashMap<RunId, Long> commits = new LinkedHashMap<>();
  private long commit;

  Tables(InstantSource clock) {
    this.clock = clock;
  }

  synchronized <T> T exclusively(Function<Tables, T> work) {
    return work.apply(this);
  }

  /// Copies what is there.
  ///
  /// @return puts the copy in the place of what is there then; to be run once
  Runnable backup() {
    return exclusively(_ -> {
      Map<RunId, RunRecord> copies = new HashMap<>();
      runs.forEach((id, run) -> copies.put(id, run.copy()));
      Map<ThreadId, List<RunId>> members = new HashMap<>();
      threads.forEach(
          (thread, of) -> members.put(thread, of.stream().map(run -> run.head().runId()).toList()));
      Map<RunId, Long> order = new LinkedHashMap<>(commits);
      long last = commit;
      return () -> restore(copies, members, order, last);
    });
  }

  private synchronized void restore(
      Map<RunId, RunRecord> copies,
      Map<ThreadId, List<RunId>> members,
      Map<RunId, Long> order,
      long last) {
    runs.clear();
    threads.clear();
    commits.clear();
    runs.putAll(copies);
    members.forEach((thread, of) -> {
      List<RunRecord> records = new ArrayList<>();
      of.forEach(id -> run(id).ifPresent(records::add));
      threads.put(thread, records);
    });
    commits.putAll(order);
    commit = last;
  }

  /// The store's clock, in the microseconds that it keeps.
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  Optional<RunRecord> run(RunId runId) {
    return Optional.ofNullable(runs.get(runId));
  }

  Collection<RunRecord> runs() {
    return runs.values();
  }

  List<RunRecord> runsOf(ThreadId threadId) {
    return threads.getOrDefault(threadId, List.of());
  }

  /// The principal that first used the thread.
  Optional<Principal> ownerOf(ThreadId threadId) {
    return runsOf(threadId).stream().findFirst().map(run -> run.head().owner());
  }

  /// Keeps a run, old or new, after a change to it.
  void keep(RunRecord run) {
    RunId runId = run.head().runId();
    if (runs.put(runId, run) == null) {
      threads.computeIfAbsent(run.head().threadId(), _ -> new ArrayList<>()).add(run);
    }
  }

  /// Notes that events of a run became visible.
  void committed(RunId runId) {
    commits.putLast(runId, ++commit);
  }

  long lastCommit() {
    return commit;
  }

  /// The runs that had events after the given commit, by their latest.
  List<RunRecord> changedSince(long position, long until) {
    List<RunRecord> changed = new ArrayList<>();
    for (var entry : commits.reversed().entrySet()) {
      if (entry.getValue() <= position) {
        break;
      }
      if (entry.getValue() <= until) {
        run(entry.getKey()).ifPresent(changed::add);
      }
    }
    return changed.reversed();
  }
}
