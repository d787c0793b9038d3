package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.projection.KnownSinks;
import com.openagents.runtime.projection.KnownSinks.SinkState;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.ProjectionStore;
import com.openagents.runtime.projection.Rebuilds;
import com.openagents.runtime.projection.RunProjections;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkBook;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.projection.WriterFenced;
import com.openagents.runtime.projection.WriterLeases;
import com.openagents.runtime.projection.WriterLeases.WriterLease;
import com.openagents.runtime.projector.Comparison;
import com.openagents.runtime.projector.Deliveries;
import com.openagents.runtime.projector.DeliveryPorts;
import com.openagents.runtime.projector.DeliveryWatch;
import com.openagents.runtime.projector.GenerationNotes;
import com.openagents.runtime.projector.Projector;
import com.openagents.runtime.projector.RebuildPorts;
import com.openagents.runtime.projector.Rebuilding;
import com.openagents.runtime.projector.Recount;
import com.openagents.runtime.projector.Settling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A process that projects while it holds the writer's lease: one actor folds, and one for each
/// sink delivers.
final class ProjectingNode {

  private static final int PAUSE_MILLIS_MAX = 400;
  private static final int REGISTERED_AT_ONCE = 3;

  private final ProjectionWorld world;
  private final Place place;
  private final ProjectionGate gate;
  private final ProjectionStore store;
  private final KnownSinks known;
  private final DeliveryPorts delivered;
  private final WriterLeases writers;
  private final List<ProjectionSink> sinks;
  private final Projector projector;
  private final Rebuilding rebuilding;
  private final GenerationNotes notes = new GenerationNotes();
  private final Settling settling;
  private @Nullable WriterLease lease;
  private boolean unsure;
  private long above;

  ProjectingNode(ProjectionWorld world, Place place) {
    this.world = world;
    this.place = place;
    this.gate = new ProjectionGate(world, place);
    ProjectionParts parts = world.seenBy(gate);
    store = parts.store();
    known = parts.known();
    SinkBook book = parts.book();
    delivered = new DeliveryPorts(store, known, book, parts.streams());
    writers = parts.writers();
    sinks = List.of(parts.sink(), gate.sink(world.other()));
    LogScan scan = gate.port(LogScan.class, world.store().scan());
    ChangeFeed feed = parts.feed();
    Projector.Bounds bounds = world.bounds();
    projector = new Projector(scan, feed, store, RunProjections.BUILT_IN, bounds);
    Rebuilds rebuilds = gate.port(Rebuilds.class, world.store().rebuilds());
    RebuildPorts ports = new RebuildPorts(scan, store, known, book, rebuilds);
    settling = new Settling(ports, projector, RunProjections.BUILT_IN, notes);
    rebuilding =
        new Rebuilding(
            ports,
            projector,
            new Comparison(new Recount(scan, RunProjections.BUILT_IN), store, feed),
            RunProjections.BUILT_IN,
            bounds.runs());
  }

  void begin() {
    world.lockstep().spawn(place.name() + " projects", place, () -> forEver(this::project));
    for (ProjectionSink sink : sinks) {
      Deliveries deliveries =
          new Deliveries(
              sink, delivered, RunProjections.BUILT_IN, notes, DeliveryWatch.NONE, world.upTo(6));
      world
          .lockstep()
          .spawn(
              place.name() + " delivers to " + sink.name(),
              place,
              () -> forEver(() -> deliver(sink, deliveries)));
    }
  }

  private void forEver(Runnable round) {
    while (true) {
      place.mustBeThere();
      try {
        round.run();
      } catch (WriterFenced over) {
        world.note(() -> place.name() + " is FENCED");
        above = Math.max(above, over.present());
        unsure = true;
      } catch (StoreUnavailable | SinkAway | SinkRefusing again) {
        world.note(() -> place.name() + " tries again");
      }
      gate.sleep(Duration.ofMillis(world.upTo(PAUSE_MILLIS_MAX)));
    }
  }

  private Optional<WriterLease> hold(@Nullable WriterLease held) {
    if (held == null) {
      return writers.acquire(new NodeId(place.name()), ProjectionWorld.LEASE_TTL);
    }
    return unsure
        ? writers.raise(held, above, ProjectionWorld.LEASE_TTL)
        : writers.renew(held, ProjectionWorld.LEASE_TTL);
  }

  /// What was asked before an answer that did not come may still happen, so the epoch is raised
  /// before anything is read again.
  private void project() {
    WriterLease held = lease;
    lease = null;
    WriterLease mine = hold(held).orElse(null);
    above = 0;
    lease = mine;
    if (mine != null) {
      unsure = true;
      for (ProjectionSink sink : sinks) {
        known.register(mine.epoch(), sink.name(), REGISTERED_AT_ONCE);
      }
      if (known.clearing()) {
        known.clear(mine.epoch(), REGISTERED_AT_ONCE);
      }
      rebuilding.prepare(mine.epoch());
      boolean rebuilds = rebuilding.step(mine.epoch()).isPresent();
      settling.step(mine.epoch(), rebuilds);
      projector.follow(mine.epoch());
      unsure = false;
    }
  }

  private void deliver(ProjectionSink sink, Deliveries deliveries) {
    WriterLease mine = lease;
    if (mine == null) {
      return;
    }
    if (known.sinks(RunProjections.BUILT_IN.names()).stream()
        .noneMatch(state -> rests(state, sink))) {
      deliveries.step(mine.epoch());
    }
  }

  private static boolean rests(SinkState state, ProjectionSink sink) {
    return state.sink().equals(sink.name()) && state.paused();
  }
}
