package com.openagents.runtime.convex;

import static com.openagents.runtime.projection.ProjectionSink.Outcome.Kind.APPLIED;
import static com.openagents.runtime.projection.ProjectionSink.Outcome.Kind.LATER;
import static com.openagents.runtime.projection.ProjectionSink.Outcome.Kind.REFUSED;
import static com.openagents.runtime.projection.ProjectionSink.Outcome.Kind.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionSink.Shown;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projection.WriterFenced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a delivery does about each kind of trouble: go on, say that it is away, or ask for a
/// person.
@Tag("G12")
class TroubledDeliveryTest {

  private static final String THREADS = Threads.PROJECTION;

  private final Facade facade = Facade.fresh();
  private final ConvexSink sink = facade.sink();

  @BeforeEach
  void open() {
    sink.open(1);
    sink.begin(1, THREADS, 1);
  }

  private static List<Change> changes(int from, int to) {
    return IntStream.range(from, to)
        .<Change>mapToObj(i -> Threads.upsert("t%03d".formatted(i), 1))
        .toList();
  }

  private List<Outcome.Kind> deliver(ConvexSink through, List<Change> changes) {
    return through.deliver(1, THREADS, 1, changes).stream().map(Outcome::kind).toList();
  }

  private List<String> shown() {
    return sink.page(THREADS, "", 1000).stream().map(Shown::entityId).toList();
  }

  private static void assertAway(String reasonClass, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SinkAway.class, away -> assertThat(away.reasonClass()).isEqualTo(reasonClass));
  }

  private static void assertRefusing(String reasonClass, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SinkRefusing.class, no -> assertThat(no.reasonClass()).isEqualTo(reasonClass));
  }

  private static Json.Builder status(int status, String code) {
    return Json.object().put("status", status).put("code", code);
  }

  @ParameterizedTest
  @CsvSource({
    "429, TooManyConcurrentRequests",
    "503, OptimisticConcurrencyControlFailure",
    "503, WorkerOverloaded"
  })
  void an_overloaded_deployment_is_away_and_takes_the_same_later(int status, String code) {
    facade.fault(status(status, code));
    assertAway("overloaded", () -> deliver(sink, changes(0, 2)));
    assertThat(shown()).isEmpty();
    assertThat(deliver(sink, changes(0, 2))).containsExactly(APPLIED, APPLIED);
  }

  @Test
  void a_cut_before_the_commit_is_noticed_and_made_good_at_once() {
    facade.fault(Json.object().put("cut", "before").put("path", "writer:apply"));
    assertThat(deliver(sink, changes(0, 2))).containsExactly(APPLIED, APPLIED);
    assertThat(facade.seen("writer:checkpoint")).hasSize(1);
  }

  @Test
  void a_cut_after_the_commit_writes_nothing_twice() {
    facade.fault(Json.object().put("cut", "after").put("path", "writer:apply"));
    assertThat(deliver(sink, changes(0, 2))).containsExactly(SKIPPED, SKIPPED);
    assertThat(shown()).containsExactly("t000", "t001");
    assertThat(deliver(sink, changes(2, 3))).containsExactly(APPLIED);
    assertThat(facade.seen("writer:checkpoint")).hasSize(1);
  }

  @Test
  void what_else_is_asked_is_asked_once_more_when_its_answer_is_lost() {
    facade.fault(Json.object().put("cut", "after").put("path", "writer:begin"));
    sink.begin(1, THREADS, 2);
    facade.fault(status(500, "").put("path", "writer:sweep"));
    assertThat(sink.sweep(1, THREADS, 2)).isZero();
    facade.fault(status(500, "").put("path", "writer:begin").put("times", 2));
    assertAway("unknown_outcome", () -> sink.begin(1, THREADS, 3));
  }

  @ParameterizedTest
  @CsvSource({"500", "502", "408", "425"})
  void an_answer_that_says_nothing_is_asked_about(int status) {
    facade.fault(status(status, "").put("path", "writer:apply"));
    assertThat(deliver(sink, changes(0, 1))).containsExactly(APPLIED);
  }

  @Test
  void a_deployment_that_keeps_cutting_is_away() {
    facade.fault(Json.object().put("cut", "after").put("path", "writer:apply").put("times", 9));
    assertAway("unknown_outcome", () -> deliver(sink, changes(0, 1)));
    Facade.fresh();
  }

  @Test
  void a_deployment_that_is_down_is_away_and_comes_back() {
    deliver(sink, changes(0, 1));
    facade.order("down", Json.object());
    assertAway("unreachable", () -> deliver(sink, changes(1, 2)));
    assertAway("unreachable", () -> sink.open(2));
    assertAway("unreachable", () -> sink.page(THREADS, "", 1));
    facade.order("up", Json.object());
    assertThat(deliver(sink, changes(0, 2))).containsExactly(SKIPPED, APPLIED);
  }

  @ParameterizedTest
  @CsvSource({
    "401, BadAdminKey, unauthorized",
    "403, Unauthorized, unauthorized",
    "400, BadJsonBody, rejected"
  })
  void what_only_a_person_can_end_is_refusing(int status, String code, String reasonClass) {
    facade.fault(status(status, code));
    assertRefusing(reasonClass, () -> deliver(sink, changes(0, 1)));
  }

  @Test
  void a_client_s_token_and_a_key_of_another_are_no_credentials() {
    ConvexCredential client =
        new ConvexCredential.ServiceToken(
            () -> Facade.ISSUER.token("openagents-convex", "user:42", "oa_convex_claims_v1"));
    ConvexCredential other = new ConvexCredential.AdminKey("facade|ffffffffffffffff");
    ConvexCredential nobody = new ConvexCredential.ServiceToken(() -> "canary-7f3a");
    for (ConvexCredential credential : List.of(client, other, nobody)) {
      ConvexSink refused = new ConvexSink(Facade.HTTP, facade.settings(), credential);
      assertRefusing("unauthorized", () -> refused.open(1));
    }
  }

  @Test
  void no_trouble_tells_of_the_credential() {
    String canary = "canary-7f3a";
    ConvexSink refused =
        new ConvexSink(
            Facade.HTTP, facade.settings(), new ConvexCredential.AdminKey("facade|" + canary));
    facade.order("down", Json.object());
    assertThatThrownBy(() -> refused.open(1)).hasStackTraceContaining("SinkAway");
    assertThatThrownBy(() -> refused.open(1))
        .satisfies(e -> assertThat(e.toString()).doesNotContain(canary))
        .hasMessageNotContaining(canary);
    facade.order("up", Json.object());
    assertThatThrownBy(() -> refused.open(1)).hasMessageNotContaining(canary);
  }

  @Test
  void functions_that_fail_for_one_document_are_kept_from_it() {
    List<Change> changes =
        List.of(
            changes(0, 1).getFirst(),
            Threads.with(Threads.upsert("t001", 1), "latestRunId", "x".repeat(1 << 20)),
            Threads.with(Threads.upsert("t002", 1), "owner", "user:43"),
            changes(3, 4).getFirst());
    assertThat(sink.deliver(1, THREADS, 1, changes))
        .satisfiesExactly(
            one -> assertThat(one).isEqualTo(Outcome.of(APPLIED)),
            two -> assertThat(two.reason()).contains("bytes"),
            three -> assertThat(three.reason()).contains("owner"),
            four -> assertThat(four).isEqualTo(Outcome.of(APPLIED)));
    assertThat(shown()).containsExactly("t000", "t003");
    assertThat(facade.seen("writer:apply"))
        .singleElement()
        .matches(call -> Facade.number(call, "bytes") < 10_000);
  }

  @Test
  void a_batch_that_fails_is_divided_until_the_document_stands_alone() {
    facade.fault(status(404, "FunctionPathNotFound").put("path", "writer:apply").put("times", 3));
    assertThat(deliver(sink, changes(0, 4))).containsExactly(REFUSED, APPLIED, APPLIED, APPLIED);
    assertThat(shown()).containsExactly("t001", "t002", "t003");
  }

  @Test
  void documents_that_cannot_be_taken_are_refused_and_many_in_a_row_ask_for_a_person() {
    facade.order("largest", Json.object().put("bytes", 4_000));
    List<Change> mixed = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      mixed.add(i % 2 == 0 ? changes(i, i + 1).getFirst() : large(i));
    }
    assertThat(deliver(sink, mixed)).filteredOn(REFUSED::equals).hasSize(20);
    assertThat(shown()).hasSize(20);
    int before = facade.seen("writer:apply").size();
    List<Change> all = IntStream.range(100, 300).mapToObj(TroubledDeliveryTest::large).toList();
    List<Outcome.Kind> outcomes = deliver(sink, all);
    assertThat(outcomes.subList(0, 20)).containsOnly(REFUSED);
    assertThat(outcomes.subList(20, 200)).containsOnly(LATER);
    assertThat(facade.seen("writer:apply").size() - before).isLessThan(60);
    facade.order("largest", Json.object().put("bytes", Json.NULL));
    assertRefusing("failing", () -> deliver(sink, all.subList(20, 200)));
    assertThat(shown()).hasSize(20);
    assertThat(deliver(sink, all.subList(20, 200))).containsOnly(APPLIED);
  }

  @Test
  void a_deployment_that_is_opened_is_no_longer_said_to_fail() {
    facade.order("largest", Json.object().put("bytes", 1));
    assertThat(deliver(sink, changes(0, 30))).contains(LATER);
    facade.order("largest", Json.object().put("bytes", Json.NULL));
    sink.open(2);
    assertThat(sink.deliver(2, THREADS, 1, changes(0, 30)))
        .containsOnly(Outcome.of(APPLIED))
        .hasSize(30);
  }

  private static Change large(int i) {
    return Threads.with(Threads.upsert("t%03d".formatted(i), 1), "latestRunId", "x".repeat(5_000));
  }

  @Test
  void functions_that_are_not_there_refuse_no_documents() {
    facade.fault(status(404, "FunctionPathNotFound").put("times", 2));
    assertRefusing("failing", () -> deliver(sink, changes(0, 1)));
    facade.fault(status(404, "FunctionPathNotFound"));
    assertRefusing("failing", () -> sink.open(1));
  }

  @Test
  void a_former_writer_is_told_and_writes_nothing() throws Exception {
    facade.fault(Json.object().put("hold", true).put("path", "writer:apply"));
    var held = CompletableFuture.supplyAsync(() -> deliver(sink, changes(0, 1)));
    while (Facade.number(facade.order("seen", Json.object()), "holding") != 1) {
      Thread.onSpinWait();
    }
    facade.sink().open(2);
    facade.order("release", Json.object());
    assertThatThrownBy(held::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(WriterFenced.class);
    assertThat(shown()).isEmpty();
    assertThatThrownBy(() -> sink.sweep(1, THREADS, 1)).isInstanceOf(WriterFenced.class);
  }

  @Test
  void a_deployment_that_was_emptied_is_opened_before_anything_is_delivered() {
    deliver(sink, changes(0, 3));
    facade.order("reset", Json.object());
    assertRefusing("emptied", () -> deliver(sink, changes(0, 3)));
    assertThat(shown()).isEmpty();
    assertThat(sink.position(THREADS)).isEqualTo(1);
    assertThat(sink.open(1)).allSatisfy((_, stands) -> assertThat(stands.position()).isZero());
    assertThat(sink.position(THREADS)).isZero();
    sink.begin(1, THREADS, 1);
    assertThat(deliver(sink, changes(0, 3))).containsExactly(APPLIED, APPLIED, APPLIED);
  }

  @Test
  void an_answer_that_is_lost_while_a_deployment_is_emptied_hides_nothing() {
    deliver(sink, changes(0, 3));
    facade.order("reset", Json.object());
    facade.fault(Json.object().put("path", "writer:apply").put("cut", "before"));
    assertRefusing("emptied", () -> deliver(sink, changes(3, 4)));
    assertThat(shown()).isEmpty();
  }

  @Test
  void a_deployment_at_a_later_rebuild_asks_for_a_person() {
    facade.sink().begin(1, THREADS, 2);
    assertRefusing("generation", () -> deliver(sink, changes(0, 1)));
  }

  @Test
  void another_sink_s_batches_are_noticed() {
    facade.sink().deliver(1, THREADS, 1, changes(0, 1));
    assertThat(deliver(sink, changes(1, 2))).containsExactly(APPLIED);
  }

  @Test
  void batches_are_bounded_by_rows_and_by_bytes_and_sent_one_by_one() {
    ConvexSettings plain = facade.settings();
    deliver(facade.sink(limits(plain, 3, 1 << 20)), changes(0, 8));
    assertThat(facade.seen("writer:apply")).hasSize(3);
    deliver(facade.sink(limits(plain, 500, 2000)), changes(10, 16));
    List<Json.Obj> seen = facade.seen("writer:apply");
    assertThat(seen).hasSizeBetween(6, 9);
    assertThat(seen.subList(3, seen.size()))
        .allMatch(call -> Facade.number(call, "bytes") < 2600)
        .allMatch(call -> Facade.number(call, "concurrent") == 1);
    assertThat(shown()).hasSize(14);
  }

  private static ConvexSettings limits(ConvexSettings plain, int rows, int bytes) {
    return new ConvexSettings(
        plain.url(), plain.release(), Duration.ofSeconds(20), rows, bytes, 3 << 20, "", false);
  }

  @Test
  void calls_say_who_they_are_and_which() {
    deliver(sink, changes(0, 1));
    deliver(sink, changes(1, 2));
    List<Json.Obj> seen = facade.seen("writer:apply");
    assertThat(seen).allMatch(c -> Json.of("openagents-0.1.0-TEST").equals(c.get("client")));
    assertThat(seen.stream().map(call -> call.get("requestId")).distinct()).hasSize(2);
  }

  @Test
  void whole_pages_come_though_they_are_larger_than_one_call() {
    deliver(sink, changes(0, 600));
    assertThat(sink.page(THREADS, "", 599)).hasSize(599);
    assertThat(sink.page(THREADS, "t597", 10))
        .extracting(Shown::entityId)
        .containsExactly("t598", "t599");
    assertThat(sink.read(THREADS, List.of())).isEmpty();
  }
}
