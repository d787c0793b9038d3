package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.engine.AgentRuntime;
import com.openagents.runtime.engine.Bell;
import com.openagents.runtime.engine.EnginePorts;
import com.openagents.runtime.engine.Timebox;
import com.openagents.runtime.execution.ExecutionPorts;
import com.openagents.runtime.execution.ExecutorSettings;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.StoreUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One process: the real runtime over gated ports, with a wrong clock and a deaf ear.
///
/// Its name is the same after each restart, so that a lease may well be taken again by its own
/// former holder.
final class SimulatedNode {

  private static final AgentPrograms PROGRAMS = new AgentPrograms(List.of(new SimulatedAgent()));
  private static final Duration BEAT_EVERY = World.LEASE_TTL.dividedBy(3);
  private static final Duration TEND_EVERY = World.LEASE_TTL.dividedBy(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration ARCHIVE_EVERY = World.LEASE_TTL.dividedBy(2);
  private static final int EXECUTING_MAX = 100;
  private static final int SKEW_SECONDS_MAX = 3_600;

  private static final int LATE_MILLIS_MAX = 2_000;

  private final World world;
  private final Place place;
  private final Gate gate;
  private final EventLog log;
  private final Runs runs;
  private final AgentRuntime runtime;
  private final @Nullable Archivist archivist;

  /// Begins in the actor that calls, which is in the place.
  SimulatedNode(World world, Place place) {
    this.world = world;
    this.place = place;
    this.gate = new Gate(world, place);
    this.log = new GatedLog(gate, world.witness());
    Bell bell = new Bell(log);
    GatedStore store = new GatedStore(gate, world.store());
    int skew = world.random().nextInt(-SKEW_SECONDS_MAX, SKEW_SECONDS_MAX);
    InstantSource clock = () -> world.lockstep().now().plusSeconds(skew);
    ExecutionPorts execution =
        new ExecutionPorts(
            bell,
            store.threads(),
            store.checkpoints(),
            store.blobs(),
            new SimulatedModels(world, gate),
            PROGRAMS,
            clock,
            new ExecutorSettings(new NodeId(place.name()), World.LEASE_TTL, World.LIMITS));
    runtime =
        new AgentRuntime(
            new EnginePorts(
                execution,
                log,
                store.index(),
                store.changes(),
                this::execute,
                Timebox.UNBOUNDED,
                gate::sleep,
                EXECUTING_MAX));
    runs = new Runs(bell, PROGRAMS, store.blobs(), runtime);
    bell.listen(this::ring);
    Duration retention = world.retention();
    archivist =
        retention == null
            ? null
            : new Archivist(
                log,
                store.index(),
                store.seals(),
                new GatedAgeing(gate, world.ageing()),
                world.signer(),
                clock,
                retention);
  }

  /// A ring is heard, heard twice, heard late, or not at all.
  private void ring(RunId runId, long lastSeq, boolean due) {
    switch (gate.wakeUp(() -> "hear of " + GatedLog.shown(runId))) {
      case WAKE_LOST -> {}
      case WAKE_TWICE -> {
        runtime.rung(runId, lastSeq, due);
        runtime.rung(runId, lastSeq, due);
      }
      case WAKE_LATE ->
          execute(() -> {
            gate.sleep(Duration.ofMillis(world.random().nextInt(LATE_MILLIS_MAX)));
            runtime.rung(runId, lastSeq, due);
          });
      default -> runtime.rung(runId, lastSeq, due);
    }
  }

  private void execute(Runnable task) {
    world.lockstep().spawn(place.name() + " executor", place, task);
  }

  void begin() {
    repeat("heart", BEAT_EVERY, runtime::beat);
    repeat("janitor", TEND_EVERY, runtime::tend);
    repeat("look", LOOK_EVERY, runtime::look);
    if (archivist != null) {
      repeat("archivist", ARCHIVE_EVERY, archivist::round);
    }
  }

  private void repeat(String name, Duration pause, Runnable round) {
    world
        .lockstep()
        .spawn(
            place.name() + " " + name,
            place,
            () -> {
              while (true) {
                try {
                  round.run();
                } catch (StoreUnavailable e) {
                  world.note(() -> place.name() + " " + name + " tries again later");
                }
                gate.sleep(pause);
              }
            });
  }

  /// Ends the process in good order: it gives back what it carries out, and goes.
  void drain() {
    runtime.drain();
    world
        .lockstep()
        .spawn(
            place.name() + " shutdown",
            place,
            () -> {
              while (!runtime.executions().isEmpty()) {
                gate.sleep(LOOK_EVERY);
              }
              world.leave(place);
            });
  }

  Place place() {
    return place;
  }

  /// What its readers reach, as its callers do.
  EventLog log() {
    return log;
  }

  /// What its callers reach; calls end with [NodeCrashed] when the process dies meanwhile.
  Runs runs() {
    return runs;
  }
}
