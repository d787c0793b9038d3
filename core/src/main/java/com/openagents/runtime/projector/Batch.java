package com.openagents.runtime.projector;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.LogPages;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.ProjectionStore.Commit;
import com.openagents.runtime.projection.ProjectionStore.KeptDocument;
import com.openagents.runtime.projection.ProjectionStore.ParkedRun;
import com.openagents.runtime.projection.ProjectionStore.Stretch;
import com.openagents.runtime.projection.ProjectionStore.Written;
import com.openagents.runtime.projection.ReadRow;
import com.openagents.runtime.projection.RunDocuments;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.ThreadSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Some runs on their way to the heads of their logs, page by page, and their threads with them.
/// Not thread-safe.
final class Batch {

  private static final int REMOVED_AT_ONCE = 10_000;

  private final LogScan scan;
  private final ProjectionStore store;
  private final RunProjections projections;
  private final Generations generations;
  private final long epoch;
  private final Projector.Bounds bounds;
  private final Map<RunId, RunWork> works = new LinkedHashMap<>();
  private final Map<ThreadId, ThreadWork> threads = new HashMap<>();
  private boolean mends;
  private int runs;
  private long events;
  private @Nullable Instant oldest;

  Batch(
      LogScan scan,
      ProjectionStore store,
      RunProjections projections,
      Generations generations,
      long epoch,
      Projector.Bounds bounds) {
    this.scan = scan;
    this.store = store;
    this.projections = projections;
    this.generations = generations;
    this.epoch = epoch;
    this.bounds = bounds;
  }

  /// Has rows taken out that the logs do not tell, also of runs that were never told before.
  void mend() {
    mends = true;
  }

  /// Whether rows of a run may be there that its log does not tell. Of one that is told for the
  /// first time there are none, and it costs nothing.
  private boolean mends(RunWork work) {
    return work.fromStart() && (mends || work.counted() > 0);
  }

  /// Adds runs with what is kept of them.
  ///
  /// @param anew whether to fold their logs from the start, whatever is kept
  void add(Collection<RunId> ids, boolean anew) {
    Map<RunId, Long> through = store.through(ids);
    Map<String, List<KeptDocument>> kept = anew ? Map.of() : kept(ids, generations::current);
    for (RunId id : ids) {
      long counted = through.getOrDefault(id, 0L);
      RunDocuments known = read(counted, kept.getOrDefault(id.toString(), List.of())).orElse(null);
      works.put(id, new RunWork(projections, id, counted, known));
    }
  }

  private Map<String, List<KeptDocument>> kept(
      Collection<RunId> ids, Predicate<KeptDocument> which) {
    return store.about(Entity.RUN, ids.stream().map(RunId::toString).toList()).stream()
        .filter(which)
        .collect(groupingBy(k -> k.document().entity().id()));
  }

  private Optional<RunDocuments> read(long counted, List<KeptDocument> kept) {
    return RunDocuments.read(
        projections,
        counted,
        kept.stream()
            .map(KeptDocument::document)
            .collect(toMap(d -> d.projection().name(), d -> d)));
  }

  /// Lets a thread's summary begin with nothing.
  void begin(ThreadId thread) {
    threads.put(thread, new ThreadWork(thread, null));
  }

  /// Reads on until every run is at the head of its log.
  ///
  /// @return threads whose summaries need runs that are not here
  Set<ThreadId> run() {
    LogPages pages =
        new LogPages(
            scan,
            works.values().stream().map(RunWork::next).toList(),
            bounds.perRun(),
            bounds.events(),
            bounds.characters());
    List<StoredEvent> page = pages.next();
    remove(
        works.values().stream()
            .filter(this::mends)
            .map(work -> new Stretch(work.runId(), work.counted(), Long.MAX_VALUE))
            .toList(),
        List.of());
    do {
      take(page);
      stand();
      commit();
      parked().forEach(run -> pages.leave(run.runId()));
      page = pages.next();
    } while (!page.isEmpty());
    return finish();
  }

  private void take(List<StoredEvent> page) {
    for (StoredEvent event : page) {
      RunWork work = work(event.runId());
      work.take(event);
      if (event.seq() > work.counted() && work.parked().isEmpty()) {
        oldest =
            oldest == null || event.occurredAt().isBefore(oldest) ? event.occurredAt() : oldest;
      }
    }
    events += page.size();
  }

  /// What cannot be told again stays as it was told, in the present generation: a rebuild removes
  /// nothing because its log cannot be read any more.
  private void stand() {
    Map<RunId, RunWork> lost = new HashMap<>();
    works.values().stream().filter(RunWork::lost).forEach(work -> lost.put(work.runId(), work));
    if (lost.isEmpty()) {
      return;
    }
    Map<String, List<KeptDocument>> kept = kept(lost.keySet(), _ -> true);
    List<Document> asTheyAre = new ArrayList<>();
    for (RunWork work : lost.values()) {
      List<KeptDocument> documents = kept.getOrDefault(work.runId().toString(), List.of());
      Optional<RunDocuments> told = read(work.counted(), documents);
      work.stand(told);
      if (told.isEmpty()) {
        documents.forEach(one -> asTheyAre.add(one.document()));
      }
    }
    write(Map.of(), asTheyAre, List.of(), parked());
  }

  private List<ParkedRun> parked() {
    return works.values().stream().flatMap(work -> work.parked().stream()).toList();
  }

  private RunWork work(RunId id) {
    RunWork work = works.get(id);
    if (work == null) {
      throw new IllegalStateException("a scan told of a run that was not asked for: " + id);
    }
    return work;
  }

  private void commit() {
    List<RunWork> moved = works.values().stream().filter(RunWork::moved).toList();
    load();
    for (RunWork work : moved) {
      work.thread().map(threads::get).ifPresent(thread -> thread.take(work));
    }
    List<Document> documents = new ArrayList<>();
    List<ReadRow> rows = new ArrayList<>();
    Map<RunId, Long> through = new HashMap<>();
    for (RunWork work : moved) {
      rows.addAll(work.rows());
      if (work.caughtUp()) {
        documents.addAll(work.documents());
        through.put(work.runId(), work.through());
      }
    }
    for (ThreadWork thread : threads.values()) {
      if (thread.kept()) {
        thread.changed().map(ThreadSummary::document).ifPresent(documents::add);
      }
    }
    List<RunWork> mended = moved.stream().filter(this::mends).toList();
    remove(
        mended.stream().map(RunWork::taken).toList(),
        mended.stream().flatMap(work -> work.rows().stream()).map(ReadRow::id).toList());
    write(through, documents, rows, parked());
    moved.forEach(RunWork::committed);
    runs += moved.size();
  }

  /// Before other rows are written in their places.
  private void remove(List<Stretch> stretches, List<String> told) {
    int removed = stretches.isEmpty() ? 0 : REMOVED_AT_ONCE;
    while (removed == REMOVED_AT_ONCE) {
      removed = store.removeRows(epoch, stretches, told, REMOVED_AT_ONCE);
    }
  }

  /// Finds the threads of all runs, those that have nothing new among them: theirs may have to be
  /// told again.
  private void load() {
    Set<String> unknown = new TreeSet<>();
    for (RunWork work : works.values()) {
      work.thread().filter(id -> !threads.containsKey(id)).ifPresent(id -> unknown.add(id.value()));
    }
    if (unknown.isEmpty()) {
      return;
    }
    unknown.forEach(id -> begin(new ThreadId(id)));
    for (KeptDocument kept : store.about(Entity.THREAD, unknown)) {
      if (generations.current(kept)) {
        ThreadSummary.read(kept.document())
            .ifPresent(s -> threads.put(s.threadId(), new ThreadWork(s.threadId(), s)));
      }
    }
  }

  private Set<ThreadId> finish() {
    List<ThreadWork> begun = threads.values().stream().filter(t -> !t.kept()).toList();
    if (begun.isEmpty()) {
      return Set.of();
    }
    Map<ThreadId, List<RunId>> runsOf =
        scan.runsOf(begun.stream().map(ThreadWork::threadId).toList());
    List<Document> whole = new ArrayList<>();
    Set<ThreadId> lacking = new HashSet<>();
    for (ThreadWork thread : begun) {
      if (runsOf.getOrDefault(thread.threadId(), List.of()).stream().allMatch(this::whole)) {
        thread.changed().map(ThreadSummary::document).ifPresent(whole::add);
      } else {
        lacking.add(thread.threadId());
      }
    }
    write(Map.of(), whole, List.of(), List.of());
    return lacking;
  }

  private boolean whole(RunId id) {
    RunWork work = works.get(id);
    return work != null && work.whole();
  }

  /// Runs whose logs were left where they cannot be read, and that go on behind it.
  List<RunId> goOn() {
    return works.values().stream().filter(RunWork::goesOn).map(RunWork::runId).toList();
  }

  private void write(
      Map<RunId, Long> through,
      List<Document> documents,
      List<ReadRow> rows,
      List<ParkedRun> parked) {
    if (through.isEmpty() && documents.isEmpty() && rows.isEmpty() && parked.isEmpty()) {
      return;
    }
    List<Written> written =
        documents.stream().map(d -> new Written(d, generations.of(d.projection().name()))).toList();
    store.commit(epoch, new Commit(through, written, rows, parked, null));
  }

  Passed passed() {
    return new Passed(runs, events, oldest);
  }
}
