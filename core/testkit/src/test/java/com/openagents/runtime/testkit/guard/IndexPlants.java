package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.log.RunIndex.Before;
import com.openagents.runtime.log.RunIndex.Query;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bugs of the lists of runs.
final class IndexPlants {

  private IndexPlants() {}

  static List<Plant> all() {
    return Stream.of(filters(), pages(), rows(), active(), unsealed())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Plant> filters() {
    return List.of(
        asked(
            "everybody's runs are listed",
            "lists_the_runs_of_one_owner_and_to_an_operator_all",
            q -> new Query(null, q.threadId(), q.status(), q.agent(), q.before(), q.limit())),
        asked(
            "runs of every thread are listed",
            "lists_by_thread_status_and_agent",
            q -> new Query(q.owner(), null, q.status(), q.agent(), q.before(), q.limit())),
        asked(
            "agents are compared without regard to case",
            "a_filter_is_a_value_and_never_a_pattern",
            q ->
                new Query(
                    q.owner(), q.threadId(), q.status(), small(q.agent()), q.before(), q.limit())));
  }

  private static @Nullable String small(@Nullable String agent) {
    return agent == null ? null : agent.toLowerCase(Locale.ROOT);
  }

  private static List<Plant> pages() {
    return List.of(
        asked(
            "a page of runs repeats the run that it begins before",
            "pages_follow_each_other_without_overlap_or_gap",
            q -> before(q, IndexPlants::andItself)),
        asked(
            "pages of runs go on by time alone",
            "pages_of_runs_that_began_in_one_write_neither_overlap_nor_leave_one_out",
            q -> before(q, b -> new Before(b.createdAt(), Drafts.runId(0)))),
        plant(
            "a page of runs is cut before it is filtered",
            "a_page_is_full_though_the_newest_runs_are_not_those_asked_for",
            honest ->
                new SpoiledIndex(honest) {
                  @Override
                  public List<RunHead> list(Query q) {
                    List<RunHead> found = honest.list(q);
                    return honest
                        .list(new Query(null, null, null, null, q.before(), q.limit()))
                        .stream()
                        .filter(found::contains)
                        .toList();
                  }
                }));
  }

  private static Query before(Query q, UnaryOperator<Before> place) {
    Before before = q.before();
    return before == null
        ? q
        : new Query(q.owner(), q.threadId(), q.status(), q.agent(), place.apply(before), q.limit());
  }

  private static Before andItself(Before before) {
    UUID id = before.runId().value();
    UUID next = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() + 1);
    return new Before(before.createdAt(), new RunId(next));
  }

  private static List<Plant> rows() {
    return List.of(
        listed("lists the oldest first", "lists_newest_first", List::reversed),
        listed(
            "a listed run has no executor",
            "lists_rows_as_they_are",
            heads -> heads.stream().map(IndexPlants::free).toList()));
  }

  private static RunHead free(RunHead h) {
    return new RunHead(
        h.runId(),
        h.threadId(),
        h.owner(),
        h.agent(),
        h.content(),
        h.columns(),
        h.lastSeq(),
        h.floor(),
        new Lease.Free(h.lease().epoch()),
        h.wakeAt(),
        h.createdAt(),
        h.updatedAt(),
        h.readAt());
  }

  private static List<Plant> active() {
    return List.of(
        active("a thread does what its newest run did", List::getFirst),
        active(
            "a thread does what its oldest run does",
            heads -> heads.stream().filter(h -> !h.columns().run().ended()).toList().getLast()));
  }

  private static Plant active(String bug, Function<List<RunHead>, RunHead> chosen) {
    return plant(
        bug,
        "tells_the_newest_run_of_a_thread_that_goes_on",
        honest ->
            new SpoiledIndex(honest) {
              @Override
              public Optional<RunHead> active(ThreadId threadId) {
                List<RunHead> heads = honest.list(new Query(null, threadId, null, null, null, 200));
                return honest.active(threadId).map(_ -> chosen.apply(heads));
              }
            });
  }

  private static List<Plant> unsealed() {
    return List.of(
        plant(
            "sealed runs are sealed again",
            "tells_which_ended_runs_are_not_sealed",
            honest ->
                new SpoiledIndex(honest) {
                  @Override
                  public List<RunId> unsealed(int limit) {
                    return honest
                        .list(new Query(null, null, "completed", null, null, limit))
                        .reversed()
                        .stream()
                        .map(RunHead::runId)
                        .toList();
                  }
                }),
        plant(
            "the run that began last is sealed first",
            "tells_which_ended_runs_are_not_sealed",
            honest ->
                new SpoiledIndex(honest) {
                  @Override
                  public List<RunId> unsealed(int limit) {
                    return honest.unsealed(200).reversed().stream().limit(limit).toList();
                  }
                }));
  }

  private static Plant plant(String bug, String caughtBy, UnaryOperator<RunIndex> spoiled) {
    return SpoiledIndex.plant(bug, LookSuites.Indexes.class, caughtBy, spoiled);
  }

  private static Plant asked(String bug, String caughtBy, UnaryOperator<Query> asked) {
    return plant(
        bug,
        caughtBy,
        honest ->
            new SpoiledIndex(honest) {
              @Override
              public List<RunHead> list(Query query) {
                return honest.list(asked.apply(query));
              }
            });
  }

  private static Plant listed(String bug, String caughtBy, UnaryOperator<List<RunHead>> listed) {
    return plant(
        bug,
        caughtBy,
        honest ->
            new SpoiledIndex(honest) {
              @Override
              public List<RunHead> list(Query query) {
                return listed.apply(honest.list(query));
              }
            });
  }
}
