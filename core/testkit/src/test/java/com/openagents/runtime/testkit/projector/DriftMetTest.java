package com.openagents.runtime.testkit.projector;

import static com.openagents.runtime.testkit.Drafts.runId;
import static com.openagents.runtime.testkit.projector.ProjectedRuns.RUNS;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.projection.Checkpoint;
import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionSink.Change;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionSink.Standing;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkBook.ParkedDocument;
import com.openagents.runtime.projection.SinkBook.Taken;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryWatch;
import com.openagents.runtime.projector.Drift;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.simulator.PortProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is told of a document of which a sink had not what it should have had.
@Tag("G11")
class DriftMetTest {

  private final List<String> told = new ArrayList<>();

  /// How many documents the sink was asked for, call by call.
  private final List<Integer> read = new ArrayList<>();

  /// What it answers who reads.
  private Optional<RuntimeException> silence = Optional.empty();

  /// What it says of summaries of runs.
  private Optional<Outcome> instead = Optional.empty();

  private final ProjectedRuns runs = new ProjectedRuns(this::seen);
  private final Deliveries deliveries = runs.deliveries(100, watch());

  private DeliveryWatch watch() {
    return PortProxy.of(
        DeliveryWatch.class,
        DeliveryWatch.NONE,
        (method, arguments, call) -> {
          if (arguments[0] instanceof Drift drift) {
            told.add(drift.evidence());
          } else if (method.equals("delivered") && arguments[1].equals(RUNS)) {
            told.add(String.valueOf(arguments[2]));
          }
          return call.call(arguments);
        });
  }

  private ProjectionSink seen(ProjectionSink honest) {
    return PortProxy.of(
        ProjectionSink.class,
        honest,
        (method, arguments, call) -> {
          if (method.equals("read")) {
            read.add(((List<?>) arguments[1]).size());
            silence.ifPresent(thrown -> {
              throw thrown;
            });
          }
          Object answer = call.call(arguments);
          return method.equals("deliver") && arguments[1].equals(RUNS)
              ? said((List<?>) arguments[3], answer)
              : answer;
        });
  }

  private @Nullable Object said(List<?> changes, @Nullable Object answer) {
    return instead.<Object>map(one -> changes.stream().map(_ -> one).toList()).orElse(answer);
  }

  private int deliver() {
    return deliveries.step(runs.epoch());
  }

  private void move() {
    runs.goOn(3);
    runs.projector.follow(runs.epoch());
  }

  private List<ParkedDocument> parked() {
    return runs.store.sinkBook().parked("memory", 10);
  }

  private void assertParked(String reason) {
    assertThat(parked()).extracting(ParkedDocument::reason).containsExactly(reason);
    assertThat(deliver()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "REPLACED, summary_hash_mismatch, not known",
    "STALE, checkpoint_ahead, nothing that it shows"
  })
  void nothing_is_expected_of_what_was_to_go(Outcome.Kind kind, String word, String found) {
    Document other = runs.summary(1);
    Entity nobody = Entity.of(runId(71));
    runs.forge(Document.kept(other.projection(), nobody, 9, other.owner(), "{}"));
    deliver();
    runs.store.rebuilds().request(new Request(new Scope.All(), false, "operator:test"));
    instead = Optional.of(Outcome.of(kind));
    IntStream.range(0, 40).forEach(_ -> runs.project());
    deliver();
    assertThat(told)
        .contains(
            "memory %s run_summary %s: expected nothing, found %s"
                .formatted(word, nobody.id(), found));
  }

  @Test
  void who_meets_no_drift_reads_nothing_back() {
    move();
    assertThat(deliver()).isEqualTo(3);
    assertThat(told).containsExactly("APPLIED");
    assertThat(read).isEmpty();
  }

  private static String place(long seq, int version, Document document) {
    return "sequence %d in version %d of generation 1, %s".formatted(seq, version, document.hash());
  }

  /// The summary of the third run, as it must be and as it was found.
  private String differs(String found) {
    Document kept = runs.summary(3);
    return "expected " + place(kept.seq(), 1, kept) + ", found " + found;
  }

  private String drift(Verdict verdict, String found) {
    return "memory %s run_summary %s: %s".formatted(verdict.word(), runId(3), differs(found));
  }

  @Test
  void what_the_sink_has_newer_is_drift_and_parked_with_what_is_there() {
    Document there = newer(9, 1);
    runs.paint(1, there);
    move();
    deliver();
    String found = place(there.seq(), 1, there);
    assertParked("checkpoint_ahead: " + differs(found));
    assertThat(told).containsExactly("STALE", drift(Verdict.CHECKPOINT_AHEAD, found));
    assertThat(read).containsExactly(1);
  }

  /// What the sink has of the third run when somebody has changed it.
  private Document newer(long more, int version) {
    Document kept = runs.summary(3);
    return Document.kept(
        new ProjectionId(RUNS, version), kept.entity(), kept.seq() + more, kept.owner(), "{}");
  }

  @Test
  void what_a_later_version_told_the_sink_is_named_so() {
    Document there = newer(1, 9);
    runs.paint(1, there);
    move();
    deliver();
    String found = place(there.seq(), 9, there);
    assertParked("projection_version_behind: " + differs(found));
    assertThat(told).containsExactly("STALE", drift(Verdict.PROJECTION_VERSION_BEHIND, found));
  }

  @Test
  void what_the_sink_says_is_newer_and_shows_no_more_is_drift_too() {
    Document kept = runs.summary(3);
    Checkpoint later = new Checkpoint(1, kept.seq() + 9, 1, kept.hash());
    runs.sink.deliver(runs.epoch(), RUNS, 1, List.of(new Change.Delete(kept.entity(), later)));
    stand();
    move();
    deliver();
    assertParked("checkpoint_ahead: " + differs("nothing that it shows"));
  }

  private void stand() {
    Standing stands = new Standing(1, runs.sink.position(RUNS));
    runs.store.sinkStreams().stands(runs.epoch(), "memory", RUNS, stands);
  }

  static List<RuntimeException> silences() {
    return List.of(
        new SinkAway("unreachable", "gone"),
        new SinkRefusing("incompatible", "other functions"),
        new WriterFenced(1, 2));
  }

  @ParameterizedTest
  @MethodSource("silences")
  void a_sink_that_cannot_be_read_takes_its_documents_all_the_same(RuntimeException thrown) {
    silence = Optional.of(thrown);
    runs.paint(1, newer(9, 1));
    move();
    assertThat(deliver()).isEqualTo(3);
    assertParked("checkpoint_ahead: " + differs("not known"));
    assertThat(told).contains(drift(Verdict.CHECKPOINT_AHEAD, "not known"));
  }

  @Test
  void a_sink_all_of_which_has_drifted_is_read_once_in_a_step() {
    for (int run = 10; run < 70; run++) {
      ThreadId thread = new ThreadId("thread-" + run);
      runs.store.log().append(Drafts.start(runId(run), Drafts.spec(thread, Drafts.OWNER)));
    }
    runs.projector.follow(runs.epoch());
    instead = Optional.of(Outcome.of(Outcome.Kind.STALE));
    runs.deliveries(1_000, watch()).step(runs.epoch());
    assertThat(read).containsExactly(50);
    assertThat(runs.store.sinkBook().parked("memory", 100))
        .hasSize(60)
        .allMatch(parked -> parked.reason().startsWith("checkpoint_ahead: expected sequence "))
        .filteredOn(parked -> parked.reason().endsWith(", found not known"))
        .hasSize(10);
  }

  @Test
  void what_had_another_text_is_drift_and_taken() {
    instead = Optional.of(Outcome.of(Outcome.Kind.REPLACED));
    move();
    deliver();
    assertThat(parked()).isEmpty();
    assertThat(told)
        .containsExactly(
            "REPLACED",
            drift(
                Verdict.SUMMARY_HASH_MISMATCH,
                "sequence %d in version 1 of generation 1, another hash, which is not known"
                    .formatted(runs.summary(3).seq())));
    assertThat(deliver()).isZero();
    assertThat(read).isEmpty();
  }

  private void note(Checkpoint there) {
    runs.store
        .sinkBook()
        .taken(runs.epoch(), "memory", List.of(new Taken(RUNS, Entity.of(runId(3)), there)));
  }

  @Test
  void what_is_known_to_be_newer_there_is_parked_unsent() {
    Document kept = runs.summary(3);
    long generation = runs.generation().number();
    note(new Checkpoint(generation, kept.seq() + 9, 1, kept.hash()));
    assertThat(deliver()).isEqualTo(1);
    String found = place(kept.seq() + 9, 1, kept);
    assertParked("checkpoint_ahead: " + differs(found));
    assertThat(told).containsExactly(drift(Verdict.CHECKPOINT_AHEAD, found));
  }

  @Test
  void what_is_known_to_be_of_a_later_version_there_is_parked_unsent() {
    Document kept = runs.summary(3);
    note(new Checkpoint(1, kept.seq(), 9, kept.hash()));
    assertThat(deliver()).isEqualTo(1);
    String found = place(kept.seq(), 9, kept);
    assertParked("projection_version_behind: " + differs(found));
    assertThat(told).containsExactly(drift(Verdict.PROJECTION_VERSION_BEHIND, found));
  }

  @Test
  void what_is_known_to_be_of_an_earlier_version_there_is_drift_and_sent() {
    Document kept = runs.summary(3);
    note(new Checkpoint(1, kept.seq(), 0, kept.hash()));
    assertThat(deliver()).isEqualTo(1);
    assertThat(parked()).isEmpty();
    assertThat(told)
        .containsExactly(
            drift(Verdict.PROJECTION_VERSION_CHANGED, place(kept.seq(), 0, kept)), "SKIPPED");
  }

  @Test
  void what_is_known_to_have_another_text_is_drift_and_sent() {
    assertThat(toldOfAnotherText()).endsWith("SKIPPED");
  }

  @Test
  void what_was_known_to_have_another_text_and_had_it_is_told_once() {
    instead = Optional.of(Outcome.of(Outcome.Kind.REPLACED));
    assertThat(toldOfAnotherText()).endsWith("REPLACED");
  }

  private List<String> toldOfAnotherText() {
    Document kept = runs.summary(3);
    Checkpoint there = new Checkpoint(1, kept.seq(), 1, Digest.ofText("other"));
    note(there);
    assertThat(deliver()).isEqualTo(1);
    assertThat(parked()).isEmpty();
    String found =
        "sequence %d in version 1 of generation 1, %s".formatted(kept.seq(), there.hash());
    assertThat(told).hasSize(2).startsWith(drift(Verdict.SUMMARY_HASH_MISMATCH, found));
    return told;
  }
}
