package com.openagents.runtime.app.wiring;

import static java.util.stream.Collectors.toSet;

import com.openagents.runtime.app.metrics.MeteredProjections;
import com.openagents.runtime.app.node.AuditDuty;
import com.openagents.runtime.app.node.Projecting;
import com.openagents.runtime.app.node.Rounds;
import com.openagents.runtime.app.settings.ProjectionCatalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.projection.OperatingProjections;
import com.openagents.runtime.http.projection.OperatingSinks;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.projection.PastAudit;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projector.AuditNotes;
import com.openagents.runtime.projector.AuditReport;
import com.openagents.runtime.projector.Auditor;
import com.openagents.runtime.projector.Auditor.Sample;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.DriftNotes;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.projector.Settling;
import com.openagents.runtime.projector.Standstill;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// The read side of the service: documents about runs and threads, the sinks that show them, and
/// what operators see of both.
final class Projections implements AutoCloseable {

  private static final int REBUILT_AT_ONCE = 256;
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration AUDIT_REST = Duration.ofMillis(50);

  private final Settings settings;
  private final Store store;
  private final InstantSource clock;
  private final RunProjections projections = RunProjections.BUILT_IN;
  private final Sinks sinks;
  private final Auditor auditor;
  private final AuditNotes audits;
  private final DriftNotes drift;
  private final MeteredProjections meters;
  private final Standstill standstill;
  private final Optional<Projecting> projecting;
  private List<Rounds> rounds = List.of();

  Projections(
      Settings settings,
      Store store,
      NodeId nodeId,
      Sinks sinks,
      InstantSource clock,
      MeterRegistry registry) {
    this.settings = settings;
    this.store = store;
    this.clock = clock;
    this.sinks = sinks;
    this.drift = new DriftNotes(nodeId, clock.instant());
    this.meters = new MeteredProjections(registry, clock, sinkNames(), projections, drift);
    ProjectionStore kept = store.projections();
    this.standstill = new Standstill(kept, store.projectedFeed());
    Comparison comparison =
        new Comparison(new Recount(store.scan(), projections), kept, store.projectedFeed());
    this.auditor =
        new Auditor(
            store.scan(),
            store.projectedIndex(),
            comparison,
            kept,
            store.knownSinks(),
            store.sinkBook(),
            projections);
    this.audits = new AuditNotes(store.audits());
    this.projecting =
        settings.get(ProjectionCatalog.PROJECTIONS)
            ? Optional.of(new Projecting(parts(comparison), nodeId, times(), meters))
            : Optional.empty();
  }

  private Projecting.Parts parts(Comparison comparison) {
    ProjectionStore kept = store.projections();
    Projector projector =
        new Projector(
            store.scan(), store.projectedFeed(), kept, projections, Projector.Bounds.DEFAULT);
    RebuildPorts ports =
        new RebuildPorts(
            store.scan(), kept, store.knownSinks(), store.sinkBook(), store.rebuilds());
    Rebuilding rebuilding =
        new Rebuilding(ports, projector, comparison, projections, REBUILT_AT_ONCE);
    GenerationNotes notes = new GenerationNotes();
    return new Projecting.Parts(
        store.writers(),
        projector,
        rebuilding,
        new Settling(ports, projector, projections, notes),
        new DeliveryPorts(kept, store.knownSinks(), store.sinkBook(), store.sinkStreams()),
        notes,
        sinks.all());
  }

  private Projecting.Times times() {
    Projecting.Times usual = Projecting.Times.DEFAULT;
    return new Projecting.Times(
        usual.ttl(), settings.get(ProjectionCatalog.PROJECTION_INTERVAL), usual.rest());
  }

  List<Route> routes() {
    OperatingProjections.Kept kept =
        new OperatingProjections.Kept(
            store.writers(),
            store.projections(),
            store.knownSinks(),
            store.sinkStreams(),
            store.rebuilds(),
            store.audits(),
            drift);
    List<Route> routes =
        new ArrayList<>(
            new OperatingProjections(
                    kept, projections, this::audit, store.audit(), meters::canceled)
                .routes());
    routes.addAll(
        new OperatingSinks(
                store.knownSinks(),
                store.sinkBook(),
                store.sinkStreams(),
                projections,
                served(),
                store.audit())
            .routes());
    return routes;
  }

  private Set<String> served() {
    return projecting.isPresent() ? sinkNames() : Set.of();
  }

  private Set<String> sinkNames() {
    return sinks.all().stream().map(ProjectionSink::name).collect(toSet());
  }

  private AuditReport audit(Sample sample) {
    AuditReport report =
        auditor.audit(sinks.all(), sample, () -> LockSupport.parkNanos(AUDIT_REST.toNanos()));
    meters.audited(sample, report);
    audits.note(sample, report);
    return report;
  }

  private void look() {
    meters.look(store.knownSinks(), store.projections(), standstill);
  }

  /// Begins; call once, when nothing else can fail any more.
  void begin() {
    List<Rounds> begun = new ArrayList<>();
    begun.add(Rounds.every(LOOK, "projection-meters", this::look));
    projecting.ifPresent(node -> {
      node.begin();
      settings
          .find(ProjectionCatalog.AUDIT_INTERVAL)
          .ifPresent(interval -> {
            AuditDuty duty = new AuditDuty(store.audits(), clock, interval, acts(node));
            begun.add(Rounds.every(duty.rest(), "projection-audit", duty::look));
          });
    });
    rounds = List.copyOf(begun);
  }

  private AuditDuty.Acts acts(Projecting node) {
    return new AuditDuty.Acts() {
      @Override
      public boolean writes() {
        return node.writes();
      }

      @Override
      public void audit() {
        Projections.this.audit(new Sample.All());
      }

      @Override
      public void show(PastAudit last) {
        meters.auditedBefore(last);
      }

      @Override
      public void leave() {
        meters.auditedElsewhere();
      }
    };
  }

  @Override
  public void close() {
    rounds.forEach(Rounds::close);
    projecting.ifPresent(Projecting::close);
    sinks.close();
  }
}
