package com.openagents.runtime.app.metrics;

import com.openagents.runtime.projection.CheckpointRules.Verdict;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.ProjectionSink.Outcome;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.Rebuild;
import com.openagents.runtime.projection.Rebuild.Phase;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projector.AuditReport;
import com.openagents.runtime.projector.Auditor.Sample;
import com.openagents.runtime.projector.Drift;
import com.openagents.runtime.projector.DriftNotes;
import com.openagents.runtime.projector.Passed;
import com.openagents.runtime.projector.ProjectionWatch;
import com.openagents.runtime.projector.Standstill;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts and times what the projections of this node do. Thread-safe.
public final class MeteredProjections implements ProjectionWatch {

  private static final Logger LOG = LoggerFactory.getLogger(MeteredProjections.class);

  /// Why sinks ask for a person, where one refusal is enough for an alert.
  private static final List<String> REFUSALS =
      List.of(
          "unauthorized",
          "no_credential",
          "incompatible",
          "generation",
          "foreign",
          "development",
          "failing");

  private static final String ALL = "all";
  private static final String PROJECTION = "projection";
  private static final String RUN = "run";
  private static final String THREAD = "thread";
  private static final String RETIRED = "retired";
  private static final List<String> SCOPES = List.of(ALL, PROJECTION, RUN, THREAD, RETIRED);

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final DriftNotes notes;
  private final Timer lag;
  private final Counter events;
  private final Counter rebuildFailures;
  private final AuditGauges audited;
  private final StandingGauges standing;
  private final List<String> told;

  /// @param sinks to which this node delivers
  /// @param projections that it tells
  /// @param notes of the drift that its deliveries meet
  public MeteredProjections(
      MeterRegistry registry,
      InstantSource clock,
      Collection<String> sinks,
      RunProjections projections,
      DriftNotes notes) {
    this.registry = registry;
    this.clock = clock;
    this.told = projections.names();
    this.notes = notes;
    this.lag =
        Timer.builder("runtime.projection.lag")
            .description("How old the oldest new event of a pass was when documents told of it")
            .publishPercentileHistogram()
            .register(registry);
    this.events =
        Counter.builder("runtime.projection.events")
            .description("Events that were told in documents")
            .register(registry);
    this.rebuildFailures =
        Counter.builder("runtime.projection.replay.failure")
            .description("Steps of rebuilds that failed, and are tried again")
            .register(registry);
    this.standing = new StandingGauges(registry, clock);
    this.audited = new AuditGauges(registry);
    beginAtZero(sinks);
  }

  /// Alerts look at how counters rise, and one that appears with its first count has not risen.
  private void beginAtZero(Collection<String> sinks) {
    for (String scope : SCOPES) {
      replay(scope, Phase.DONE);
      replay(scope, Phase.CANCELED);
    }
    for (String sink : sinks) {
      batch(sink);
      REFUSALS.forEach(reasonClass -> failure(sink, reasonClass));
      for (String projection : told) {
        Stream.of(Verdict.values())
            .filter(Verdict::drift)
            .forEach(verdict -> drift(sink, projection, verdict));
      }
    }
  }

  /// Reads off what each sink lacks, and whether documents stand still. One caller at a time.
  public void look(KnownSinks known, ProjectionStore store, Standstill standstill) {
    standing.look(told, known, store, standstill);
  }

  /// Counts an audit. One of everything shows what it found: differences by where and by kind, none
  /// of them kept from before. One of a part says nothing of the rest, and shows nothing.
  public void audited(Sample sample, AuditReport report) {
    if (sample instanceof Sample.All) {
      audited.show(report);
    }
    registry
        .counter("runtime.projection.audits", "clean", Boolean.toString(report.clean()))
        .increment();
    report.evidence().stream().limit(report.faults()).forEach(line -> LOG.warn("audit: {}", line));
    report.unread().forEach((sink, why) -> LOG.warn("audit: {} cannot be read: {}", sink, why));
  }

  /// Shows what an audit of everything has found that this process did not make: another did, or
  /// the one before it.
  public void auditedBefore(PastAudit audit) {
    audited.show(audit.found());
  }

  /// Shows no audit any more: another node's tells how things are now.
  public void auditedElsewhere() {
    audited.none();
  }

  @Override
  public void followed(Passed passed) {
    Instant oldest = passed.oldest();
    events.increment((double) passed.events());
    if (oldest != null) {
      Duration age = Duration.between(oldest, clock.instant());
      lag.record(age.isNegative() ? Duration.ZERO : age);
    }
  }

  /// One that was canceled is told of by [#canceled] alone: who does its steps may not see it any
  /// more.
  @Override
  public void rebuilt(Rebuild rebuild) {
    if (rebuild.phase() == Phase.DONE) {
      ended(rebuild, Phase.DONE);
    }
  }

  @Override
  public void rebuildFailed() {
    rebuildFailures.increment();
  }

  /// Counts a rebuild that a call to this node has ended.
  public void canceled(Rebuild rebuild) {
    ended(rebuild, Phase.CANCELED);
  }

  private void ended(Rebuild rebuild, Phase how) {
    replay(scope(rebuild.request().scope()), how)
        .record(Duration.between(rebuild.requestedAt(), clock.instant()));
  }

  private Timer replay(String scope, Phase ended) {
    return Timer.builder("runtime.projection.replay")
        .description("Rebuilds that ended, and how long they took")
        .tag("scope", scope)
        .tag("result", ended.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private static String scope(Rebuild.Scope scope) {
    return switch (scope) {
      case Rebuild.Scope.All() -> ALL;
      case Rebuild.Scope.Projection _ -> PROJECTION;
      case Rebuild.Scope.OneRun _ -> RUN;
      case Rebuild.Scope.OneThread _ -> THREAD;
      case Rebuild.Scope.Retired _ -> RETIRED;
    };
  }

  @Override
  public void failed(String sink, String reasonClass) {
    failure(sink, reasonClass).increment();
  }

  private Counter failure(String sink, String reasonClass) {
    return counter(
        "write.failure",
        "Times that a sink took nothing",
        Tags.of("sink", sink, "reason_class", reasonClass));
  }

  private void count(String name, String description, Tags tags) {
    counter(name, description, tags).increment();
  }

  private Counter counter(String name, String description, Tags tags) {
    return Counter.builder("runtime.projection." + name)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  @Override
  public void took(String sink, long nanos) {
    batch(sink).record(Duration.ofNanos(nanos));
  }

  private Timer batch(String sink) {
    return Timer.builder("runtime.projection.batch")
        .description("How long a sink took for a batch of documents")
        .tag("sink", sink)
        .register(registry);
  }

  @Override
  public void delivered(String sink, String projection, Outcome.Kind outcome) {
    count(
        "write",
        "Documents that were brought to a sink, by what became of them",
        Tags.of(
            "sink",
            sink,
            "projection",
            projection,
            "result",
            outcome.name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public void lost(String sink) {
    LOG.warn(
        "the sink {} has less than it was given: somebody emptied it, or put an older state in its"
            + " place; everything is delivered again",
        sink);
    count("sink.lost", "Times that a sink had less than it was given", Tags.of("sink", sink));
  }

  @Override
  public void further(String sink) {
    LOG.warn(
        "the sink {} has taken what this database knows nothing of, as after a backup was restored;"
            + " everything is delivered again in a later generation",
        sink);
  }

  @Override
  public void stays(String sink, String projection, String reason) {
    LOG.warn(
        "the sink {} does not let go of {}, which was retired, until it is opened again: {}",
        sink,
        projection,
        reason);
  }

  @Override
  public void unshown(String sink, Set<String> projections) {
    if (projections.isEmpty()) {
      LOG.info("the sink {} can show all projections now", sink);
    } else {
      LOG.warn("the sink {} cannot show {}: it does not know them", sink, projections);
    }
  }

  @Override
  public void drift(Drift drift) {
    LOG.warn("drift: {}", drift.evidence());
    notes.note(drift, clock.instant());
    drift(drift.sink(), drift.projection(), drift.verdict()).increment();
  }

  private Counter drift(String sink, String projection, Verdict verdict) {
    return counter(
        "drift",
        "Documents of which a sink had not what it should have had",
        Tags.of("sink", sink, "projection", projection, "reason_class", verdict.word()));
  }
}
