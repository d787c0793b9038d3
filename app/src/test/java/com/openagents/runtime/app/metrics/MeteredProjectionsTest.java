package com.openagents.runtime.app.metrics;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projection.Entity;
import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.PastAudit.Found;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.Rebuild.Progress;
import com.openagents.runtime.projection.Rebuild.Request;
import com.openagents.runtime.projection.Rebuild.Scope;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projector.AuditReport;
import com.openagents.runtime.projector.Auditor.Sample;
import com.openagents.runtime.projector.Difference.Kind;
import com.openagents.runtime.projector.Drift;
import com.openagents.runtime.projector.DriftNotes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MeteredProjectionsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final DriftNotes notes = new DriftNotes(new NodeId("a"), NOW);
  private final MeteredProjections meters =
      new MeteredProjections(
          registry, InstantSource.fixed(NOW), List.of("convex"), RunProjections.BUILT_IN, notes);

  private Counter drift(Verdict verdict) {
    return registry
        .get("runtime.projection.drift")
        .tags("sink", "convex", "projection", "run_summary", "reason_class", verdict.word())
        .counter();
  }

  /// A counter that comes to be with its first count has not risen for those who watch it.
  @Test
  void what_alerts_watch_is_there_before_it_happens() {
    assertThat(drift(Verdict.SUMMARY_HASH_MISMATCH).count()).isZero();
    assertThat(registry.find("runtime.projection.drift").counters())
        .hasSize(4 * RunProjections.BUILT_IN.ids().size());
    assertThat(
            registry
                .get("runtime.projection.replay")
                .tags("scope", "all", "result", "canceled")
                .timer()
                .count())
        .isZero();
    assertThat(registry.find("runtime.projection.replay").timers()).hasSize(10);
  }

  @Test
  void each_refusal_that_an_alert_watches_begins_at_zero_and_so_do_batches() throws IOException {
    Matcher watched =
        Pattern.compile("reason_class=~\"([a-z_|]+)\"")
            .matcher(Files.readString(Path.of("deploy", "monitoring", "alerts.yml")));
    assertThat(watched.find()).isTrue();
    for (String reasonClass : watched.group(1).split("\\|", -1)) {
      assertThat(
              registry
                  .get("runtime.projection.write.failure")
                  .tags("sink", "convex", "reason_class", reasonClass)
                  .counter()
                  .count())
          .as(reasonClass)
          .isZero();
    }
    assertThat(registry.get("runtime.projection.batch").tags("sink", "convex").timer().count())
        .isZero();
  }

  private static Rebuild rebuild(Phase phase) {
    Instant asked = NOW.minusSeconds(90);
    return new Rebuild(
        1,
        new Request(new Scope.OneRun(runId(1)), false, "operator:test"),
        phase,
        Progress.NONE,
        asked,
        asked);
  }

  private Timer replays(String result) {
    return registry.get("runtime.projection.replay").tags("scope", "run", "result", result).timer();
  }

  @Test
  void a_rebuild_took_from_its_request_until_now() {
    meters.rebuilt(rebuild(Phase.FOLDING));
    assertThat(replays("done").count()).isZero();
    meters.rebuilt(rebuild(Phase.DONE));
    assertThat(replays("done").count()).isOne();
    assertThat(replays("done").totalTime(TimeUnit.SECONDS)).isEqualTo(90);
  }

  /// Whoever does its steps may be another node, or see it no more.
  @Test
  void a_canceled_rebuild_is_counted_where_it_was_canceled() {
    meters.rebuilt(rebuild(Phase.CANCELED));
    assertThat(replays("canceled").count()).isZero();
    meters.canceled(rebuild(Phase.CANCELED));
    assertThat(replays("canceled").count()).isOne();
    assertThat(replays("canceled").totalTime(TimeUnit.SECONDS)).isEqualTo(90);
  }

  private static AuditReport report(long missing) {
    return new AuditReport(
        Map.of("kept", 3L),
        Map.of("kept", Map.of(Kind.MISSING, missing)),
        0,
        List.of(),
        Map.of(),
        null);
  }

  @Test
  void of_a_sink_that_was_not_read_to_its_end_only_what_was_found_is_shown() {
    meters.audited(
        new Sample.All(),
        new AuditReport(
            Map.of("kept", 3L, "convex", 2L),
            Map.of("convex", Map.of(Kind.AHEAD, 1L)),
            0,
            List.of(),
            Map.of("convex", "no route"),
            null));
    assertThat(differences())
        .contains("kept missing 0", "convex ahead 1")
        .doesNotContain("convex missing 0")
        .hasSize(Kind.values().length + 1);
  }

  /// Documents beside the log were dropped, and the sink shows theirs still.
  @Test
  void strangers_are_shown_also_where_nothing_was_compared() {
    AuditReport report =
        new AuditReport(
            Map.of("kept", 0L),
            Map.of("convex", Map.of(Kind.ORPHAN, 7L)),
            0,
            List.of(),
            Map.of(),
            null);
    meters.audited(new Sample.All(), report);
    assertThat(differences()).contains("convex orphan 7", "kept orphan 0");
    assertThat(report.mismatchRate()).isEqualTo(1);
  }

  private List<String> differences() {
    return registry.get("runtime.projection.differences").gauges().stream()
        .map(gauge ->
            "%s %s %.0f"
                .formatted(
                    gauge.getId().getTag("where"), gauge.getId().getTag("kind"), gauge.value()))
        .toList();
  }

  @Test
  void what_was_found_before_this_process_began_is_shown() {
    Map<String, Long> compared = Map.of("kept", 3L, "convex", 2L);
    Map<String, Map<String, Long>> orphan = Map.of("convex", Map.of("orphan", 2L));
    Instant at = Instant.EPOCH;
    meters.auditedBefore(
        new PastAudit(PastAudit.Sample.ALL, new Found(compared, orphan, true, null), at));
    assertThat(differences())
        .contains("convex orphan 2", "convex missing 0", "kept orphan 0")
        .hasSize(2 * Kind.values().length);
    meters.auditedBefore(
        new PastAudit(PastAudit.Sample.ALL, new Found(compared, orphan, false, null), at));
    assertThat(differences()).containsExactly("convex orphan 2");
    meters.auditedElsewhere();
    assertThat(registry.find("runtime.projection.differences").gauges()).isEmpty();
  }

  @Test
  void what_an_audit_of_everything_found_is_not_wiped_out_by_one_of_a_part() {
    meters.audited(new Sample.All(), report(2));
    meters.audited(new Sample.Newest(20), report(0));
    meters.audited(new Sample.Walk(null, 200), report(1));
    Tags missing = Tags.of("where", "kept", "kind", "missing");
    assertThat(registry.get("runtime.projection.differences").tags(missing).gauge().value())
        .isEqualTo(2);
    assertThat(registry.get("runtime.projection.audits").tag("clean", "false").counter().count())
        .isEqualTo(2);
    meters.audited(new Sample.All(), report(0));
    assertThat(registry.get("runtime.projection.differences").tags(missing).gauge().value())
        .isZero();
  }

  @Test
  void a_step_of_a_rebuild_that_failed_is_counted() {
    Counter failures = registry.get("runtime.projection.replay.failure").counter();
    assertThat(failures.count()).isZero();
    meters.rebuildFailed();
    assertThat(failures.count()).isOne();
  }

  @Test
  void drift_is_counted_where_it_was_expected_and_logged_with_its_evidence() {
    Logger logger = (Logger) LoggerFactory.getLogger(MeteredProjections.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    Drift met =
        new Drift(
            "convex",
            "run_summary",
            new Entity("run", "r"),
            Verdict.CHECKPOINT_AHEAD,
            "this",
            "that");
    meters.drift(met);
    logger.detachAppender(logged);

    assertThat(drift(Verdict.CHECKPOINT_AHEAD).count()).isOne();
    assertThat(notes.met()).containsExactly(new DriftNotes.Met(1, met, NOW));
    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("drift: convex checkpoint_ahead run_summary r: expected this, found that");
  }
}
