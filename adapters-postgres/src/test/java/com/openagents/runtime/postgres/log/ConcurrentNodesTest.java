package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.TTL;
import static com.openagents.runtime.testkit.Drafts.deltas;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.FrameEvent.FrameAccepted;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.postgres.PostgresPools;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Several nodes, each with its own pools and committer, on one database.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class ConcurrentNodesTest {

  private static final int NODES = 4;

  private record Node(PostgresPools pools, PostgresEventLog log, Committer committer) {}

  private final TestDatabase database;
  private final List<Node> nodes;

  ConcurrentNodesTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    nodes = IntStream.range(0, NODES).mapToObj(_ -> newNode()).toList();
  }

  private Node newNode() {
    PostgresPools pools = PostgresPools.open(database.settings());
    var log = new PostgresEventLog(pools.executing(), pools.serving());
    return new Node(pools, log, new Committer(log, 2, 1_000, (_, _) -> {}));
  }

  @AfterEach
  void close() {
    nodes.forEach(node -> node.committer().close());
    nodes.forEach(node -> node.pools().close());
  }

  private Node node(int number) {
    return nodes.get(number % NODES);
  }

  @Test
  @Tag("G3")
  @Tag("scenario-4")
  void of_200_racers_on_four_nodes_one_takes_an_expired_lease_and_none_a_live_one() {
    RunId run = started(1);
    acquire(0, run, "loser");
    database.sql("update runtime.runs set lease_expires_at = clock_timestamp() - interval '1 s'");
    List<Appended> first = Race.of(200, racer -> acquire(racer, run, "racer-" + racer));
    assertThat(first).filteredOn(Written.class::isInstance).hasSize(1);
    assertThat(first)
        .filteredOn(outcome -> !(outcome instanceof Written))
        .hasSize(199)
        .allSatisfy(o -> assertThat(((Appended.Refused) o).why()).isEqualTo(Refusal.HELD));
    List<Appended> second = Race.of(200, racer -> acquire(racer, run, "racer-" + racer));
    assertThat(second).noneMatch(Written.class::isInstance);
    assertThat(database.sql("select epoch from runtime.runs")).containsExactly("2");
  }

  @Test
  @Tag("G3")
  @Tag("scenario-3")
  void of_everything_that_happens_to_a_lease_nothing_gives_an_epoch_out_twice() {
    RunId run = started(1);
    List<List<Long>> epochs =
        Race.of(
            8,
            racer -> {
              List<Long> mine = new ArrayList<>();
              for (int i = 0; i < 25; i++) {
                if (acquire(racer, run, "same-name") instanceof Written taken) {
                  mine.add(taken.epoch());
                  Precondition mineStill = Precondition.executor(taken.epoch());
                  append(racer, Append.of(run, mineStill, List.of()).with(LeaseChange.RELEASE));
                }
              }
              return mine;
            });
    List<Long> all = epochs.stream().flatMap(List::stream).sorted().toList();
    assertThat(all).isEqualTo(LongStream.rangeClosed(1, all.size()).boxed().toList());
    assertThat(epochs).allSatisfy(mine -> assertThat(mine).isSorted());
  }

  @Test
  @Tag("G2")
  @Tag("scenario-9")
  void sixteen_writers_of_overlapping_batches_leave_no_gap_and_no_deadlock() {
    int runs = 12;
    String deadlocksBefore = deadlocks();
    IntStream.range(0, runs).forEach(this::started);
    List<Integer> written = Race.of(16, writer -> writeBatches(writer, runs));
    int total = IntStream.range(0, runs).map(run -> withoutGap(run).size() - 1).sum();
    assertThat(total).isEqualTo(written.stream().mapToInt(Integer::intValue).sum());
    close();
    assertThat(deadlocks()).isEqualTo(deadlocksBefore);
  }

  /// Servers add a session's deadlocks up when it ends.
  private String deadlocks() {
    return database
        .sql("select deadlocks from pg_stat_database where datname = current_database()")
        .getFirst();
  }

  /// The log of a run, whose sequences were seen to be 1, 2, 3, ….
  private List<StoredEvent> withoutGap(int run) {
    List<StoredEvent> events = node(0).log().read(runId(run), 0, 10_000);
    assertThat(events)
        .extracting(StoredEvent::seq)
        .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(node(0).log().head(runId(run)).orElseThrow().lastSeq()).isEqualTo(events.size());
    return events;
  }

  @Test
  @Tag("G2")
  @Tag("G4")
  @Tag("scenario-9")
  @Tag("scenario-11")
  void writers_whose_sessions_are_cut_and_who_try_again_write_once_and_leave_no_gap() {
    int runs = 6;
    IntStream.range(0, runs).forEach(this::started);
    AtomicInteger writing = new AtomicInteger(8);
    AtomicInteger retries = new AtomicInteger();
    Semaphore progress = new Semaphore(0);
    List<Integer> frames =
        Race.of(
            9,
            racer ->
                racer == 8
                    ? cutSessions(writing, progress)
                    : insist(racer, runs, retries, writing, progress));
    assertThat(retries).as("somebody had to try again").hasPositiveValue();
    for (int run = 0; run < runs; run++) {
      List<String> ids =
          withoutGap(run).stream().skip(1).map(ConcurrentNodesTest::frameId).toList();
      assertThat(ids).doesNotHaveDuplicates();
    }
    int written = IntStream.range(0, runs).map(run -> withoutGap(run).size() - 1).sum();
    assertThat(written).isEqualTo(frames.stream().mapToInt(Integer::intValue).sum());
  }

  /// Writes frames over the runs, each again and again until it is known to be written, at least 25
  /// and until some had to be written again.
  private int insist(
      int writer, int runs, AtomicInteger retries, AtomicInteger writing, Semaphore progress) {
    int frames = 0;
    try {
      while (frames < 25 || (retries.get() < 2 && frames < 2_000)) {
        RunId run = runId((writer + frames) % runs);
        Append frame = Drafts.frame(run, "f-" + writer + "-" + frames, "hello");
        while (!accepted(writer, frame)) {
          retries.incrementAndGet();
        }
        frames++;
        progress.release();
      }
    } finally {
      writing.decrementAndGet();
      progress.release();
    }
    return frames;
  }

  private boolean accepted(int node, Append frame) {
    try {
      Appended outcome = append(node, frame);
      assertThat(outcome).isInstanceOfAny(Written.class, Appended.Duplicate.class);
      return true;
    } catch (StoreUnavailable e) {
      return false;
    }
  }

  /// Cancels statements and kills sessions of the writers until they are done, of those first that
  /// are in the middle of a write. Each time something is written before the next: faster than a
  /// machine connects and writes, nobody would ever be done.
  private int cutSessions(AtomicInteger writing, Semaphore progress) {
    while (writing.get() > 0) {
      progress.drainPermits();
      database.sql(
          """
          select case when random() < 0.5 then pg_cancel_backend(pid)
            else pg_terminate_backend(pid) end
          from pg_stat_activity
          where datname = current_database() and application_name like '% executing'
          order by state = 'active' desc, random() limit 1
          """);
      if (writing.get() > 0) {
        progress.acquireUninterruptibly();
      }
    }
    return 0;
  }

  private static String frameId(StoredEvent stored) {
    return ((FrameAccepted) EventCodec.decode(stored).event()).frameId().value();
  }

  /// Writes batches over random runs in random order, some through the committer, some by itself.
  private int writeBatches(int writer, int runs) {
    RandomGenerator random = new Random(writer);
    int written = 0;
    for (int i = 0; i < 30; i++) {
      List<Append> batch =
          random
              .ints(1 + random.nextInt(20), 0, runs)
              .mapToObj(run -> deltas(runId(run), Precondition.OPEN, "a", "b"))
              .toList();
      List<Appended> outcomes =
          i % 3 == 0
              ? batch.stream().map(one -> append(writer, one)).toList()
              : node(writer).log().append(batch);
      assertThat(outcomes).allMatch(Written.class::isInstance);
      written += 2 * batch.size();
    }
    return written;
  }

  private RunId started(int number) {
    assertThat(append(0, Drafts.start(runId(number)))).isInstanceOf(Written.class);
    return runId(number);
  }

  private Appended acquire(int node, RunId run, String name) {
    return append(
        node,
        Append.of(run, Precondition.OPEN, List.of())
            .with(new LeaseChange.Acquire(new NodeId(name), TTL)));
  }

  private Appended append(int node, Append write) {
    return node(node).committer().append(write);
  }
}
