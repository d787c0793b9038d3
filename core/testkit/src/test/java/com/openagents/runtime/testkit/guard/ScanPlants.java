package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.LogScan.From;
import com.openagents.runtime.log.LogScan.Reach;
import com.openagents.runtime.testkit.guard.ProjectionSuites.Scans;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bugs of reading many logs at once.
final class ScanPlants {

  private static final String PAGES = "all_runs_are_paged_through_in_the_order_of_their_ids";
  private static final String THREADS = "threads_know_their_runs_in_the_order_of_ids";
  private static final String AGED = "what_aged_out_leaves_its_place_to_others";
  private static final String BARE = "what_may_age_comes_without_its_content_and_all_else_as_it_is";

  private ScanPlants() {}

  static List<Plant> all() {
    return Stream.of(events(), begun(), sizes(), runs()).flatMap(List::stream).toList();
  }

  private static List<Plant> begun() {
    return List.of(
        beginning(
            "what was begun is of one run",
            "what_was_begun_gives_what_a_read_gives",
            (scan, from, perRun, max, characters) ->
                scan.begin(from.subList(0, 1), perRun, max, characters)),
        beginning(
            "what was begun is of the past",
            "what_was_begun_misses_nothing_that_was_there",
            (scan, from, perRun, max, characters) -> {
              List<StoredEvent> events = scan.read(from, perRun, max, characters);
              return () -> events.subList(0, events.size() - 1);
            }));
  }

  private static List<Plant> events() {
    return List.of(
        reading(
            "pieces come with their content",
            BARE,
            (planted, scan) ->
                (from, perRun, max, characters) ->
                    scan.read(from, perRun, max, characters).stream()
                        .map(e -> planted.log.read(e.runId(), e.seq() - 1, 1).getFirst())
                        .toList()),
        reading(
            "nothing comes with its content",
            BARE,
            (_, scan) ->
                (from, perRun, max, characters) ->
                    scan.read(from, perRun, max, characters).stream()
                        .map(ScanPlants::bare)
                        .toList()),
        reading(
            "events come in the order of runs",
            "events_come_in_the_order_of_the_list_then_of_sequence",
            (_, scan) ->
                (from, perRun, max, characters) ->
                    scan.read(
                        from.stream().sorted(Comparator.comparing(From::runId)).toList(),
                        perRun,
                        max,
                        characters)),
        reading(
            "what was seen last comes again",
            "each_run_is_read_behind_what_was_seen_of_it",
            (_, scan) ->
                (from, perRun, max, characters) ->
                    scan.read(
                        from.stream()
                            .map(f -> new From(f.runId(), Math.max(0, f.after() - 1)))
                            .toList(),
                        perRun,
                        max,
                        characters)),
        reading(
            "a share counts what has aged out",
            AGED,
            (_, scan) ->
                (from, perRun, max, characters) -> {
                  List<StoredEvent> events = new ArrayList<>();
                  for (From one : from) {
                    scan.read(List.of(one), perRun, max, characters).stream()
                        .filter(e -> e.seq() <= one.after() + perRun)
                        .forEach(events::add);
                  }
                  return events;
                }));
  }

  private static List<Plant> sizes() {
    return List.of(
        reading(
            "a run gives all that it has",
            "no_run_gives_more_than_its_share",
            (_, scan) -> (from, _, max, characters) -> scan.read(from, 1_000, max, characters)),
        reading(
            "as much comes as there is",
            "no_more_events_come_than_are_asked_for",
            (_, scan) ->
                (from, perRun, _, characters) -> scan.read(from, perRun, 10_000, characters)),
        reading(
            "pages are as large as events are",
            "a_page_of_large_events_is_small",
            (_, scan) -> (from, perRun, max, _) -> scan.read(from, perRun, max, Long.MAX_VALUE)),
        reading(
            "a page ends before the event that reaches its size",
            "a_page_ends_with_the_event_that_reaches_so_many_characters",
            (_, scan) ->
                (from, perRun, max, characters) -> {
                  List<StoredEvent> page = scan.read(from, perRun, max, characters);
                  long read = page.stream().mapToLong(e -> e.payload().length()).sum();
                  return read < characters ? page : page.subList(0, page.size() - 1);
                }));
  }

  private static StoredEvent bare(StoredEvent e) {
    return new StoredEvent(
        e.runId(), e.seq(), e.type(), e.version(), "{}", e.occurredAt(), e.traceId(), e.epoch());
  }

  private static List<Plant> runs() {
    return List.of(
        paging(
            "pages of runs begin with what was seen",
            PAGES,
            (planted, scan) ->
                (after, limit) ->
                    scan.runs(null, 1_000).stream()
                        .filter(reach -> after == null || reach.runId().compareTo(after) >= 0)
                        .limit(limit)
                        .toList()),
        paging(
            "runs come newest first",
            PAGES,
            (_, scan) -> (after, limit) -> scan.runs(after, limit).reversed()),
        paging(
            "a run reaches as far as it has events",
            AGED,
            (planted, scan) ->
                (after, limit) ->
                    scan.runs(after, limit).stream()
                        .map(r -> new Reach(r.runId(), planted.log.read(r.runId(), 0, 100).size()))
                        .toList()),
        threads(
            "threads are told apart by their letters only",
            scan ->
                threads -> {
                  Map<ThreadId, List<RunId>> runs = new LinkedHashMap<>();
                  for (ThreadId thread : threads) {
                    String other = thread.value().toUpperCase(Locale.ROOT);
                    scan.runsOf(List.of(thread, new ThreadId(other)))
                        .values()
                        .forEach(ids ->
                            runs.merge(
                                thread,
                                ids,
                                (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
                  }
                  return runs;
                }),
        threads(
            "a thread without runs has none",
            scan ->
                threads -> {
                  Map<ThreadId, List<RunId>> runs = new LinkedHashMap<>();
                  threads.forEach(thread ->
                      runs.put(
                          thread, scan.runsOf(List.of(thread)).getOrDefault(thread, List.of())));
                  return runs;
                }));
  }

  private interface Read {
    List<StoredEvent> read(List<From> from, int perRun, int max, long characters);
  }

  private interface Begin {
    Supplier<List<StoredEvent>> begin(
        LogScan scan, List<From> from, int perRun, int max, long characters);
  }

  private interface Page {
    List<Reach> runs(@Nullable RunId after, int limit);
  }

  private interface Threads {
    Map<ThreadId, List<RunId>> runsOf(Collection<ThreadId> threads);
  }

  private static Plant reading(
      String bug, String caughtBy, BiFunction<Planted, LogScan, Read> spoiled) {
    return plant(
        bug,
        caughtBy,
        (planted, scan) -> new Parts(spoiled.apply(planted, scan), scan::runs, scan::runsOf));
  }

  @SuppressWarnings("unchecked")
  private static Plant beginning(String bug, String caughtBy, Begin spoiled) {
    return plant(
        bug,
        caughtBy,
        (_, scan) ->
            PortProxy.of(
                LogScan.class,
                scan,
                "begin",
                (in, _) ->
                    spoiled.begin(
                        scan, (List<From>) in[0], (Integer) in[1], (Integer) in[2], (Long) in[3])));
  }

  private static Plant paging(
      String bug, String caughtBy, BiFunction<Planted, LogScan, Page> spoiled) {
    return plant(
        bug,
        caughtBy,
        (planted, scan) -> new Parts(scan::read, spoiled.apply(planted, scan), scan::runsOf));
  }

  private static Plant threads(String bug, Function<LogScan, Threads> spoiled) {
    return plant(bug, THREADS, (_, scan) -> new Parts(scan::read, scan::runs, spoiled.apply(scan)));
  }

  private static Plant plant(
      String bug, String caughtBy, BiFunction<Planted, LogScan, LogScan> spoiled) {
    return new Plant(
        bug, Scans.class, caughtBy, planted -> planted.scan = spoiled.apply(planted, planted.scan));
  }

  private record Parts(Read read, Page page, Threads threads) implements LogScan {
    @Override
    public List<StoredEvent> read(List<From> from, int perRun, int max, long characters) {
      return read.read(from, perRun, max, characters);
    }

    @Override
    public List<Reach> runs(@Nullable RunId after, int limit) {
      return page.runs(after, limit);
    }

    @Override
    public Map<ThreadId, List<RunId>> runsOf(Collection<ThreadId> threads) {
      return this.threads.runsOf(threads);
    }
  }
}
