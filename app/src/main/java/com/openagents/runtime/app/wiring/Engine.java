package com.openagents.runtime.app.wiring;

import com.openagents.runtime.ageing.AgeingRound;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.app.node.BriefWait;
import com.openagents.runtime.app.node.CarrierProbe;
import com.openagents.runtime.app.node.LoadMeter;
import com.openagents.runtime.app.node.Node;
import com.openagents.runtime.app.node.Rounds;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.engine.AgentRuntime;
import com.openagents.runtime.engine.Bell;
import com.openagents.runtime.engine.EnginePorts;
import com.openagents.runtime.execution.ExecutionPorts;
import com.openagents.runtime.execution.ExecutorSettings;
import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.http.run.Admission;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.postgres.HintNotifier;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.tail.OpeningReads;
import com.openagents.runtime.tail.Tails;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The executing half of the service: a node over the store, and the readers that it wakes.
final class Engine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /// A start is answered without its first step when that takes longer.
  private static final Duration FIRST_STEP_MAX = Duration.ofMillis(200);

  private static final int FIRST_STEPS_MAX = 100;
  private static final Duration MEASURE = Duration.ofSeconds(1);

  private final Bell log;
  private final EventLog servedLog;
  private final Limits limits;
  private final OpeningReads opening;
  private final Tails tails;
  private final AgentRuntime runtime;
  private final Node node;
  private final LoadMeter load;
  private final Rounds measuring;
  private final Rounds probing;
  private final CarrierProbe carriers;
  private final List<AutoCloseable> hints;
  private final ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor();

  Engine(
      Settings settings,
      Store store,
      AgentPrograms programs,
      Sealer sealer,
      NodeId nodeId,
      MeterRegistry registry) {
    Duration leaseTtl = settings.get(Catalog.LEASE_TTL);
    log = new Bell(store.log());
    servedLog = store.servedLog(log);
    limits = limits(settings);
    opening = new OpeningReads(servedLog, openings(settings), System::nanoTime);
    tails = new Tails(log, opening, reading);
    ExecutorService executions = Executors.newVirtualThreadPerTaskExecutor();
    ExecutionPorts execution =
        new ExecutionPorts(
            log,
            store.threads(),
            store.checkpoints(),
            store.blobs(),
            ConfiguredModels.of(settings),
            programs,
            new SteadyClock(Instant.now(), System::nanoTime),
            new ExecutorSettings(nodeId, leaseTtl, limits));
    runtime =
        new AgentRuntime(
            new EnginePorts(
                execution,
                store.heartbeatLog(),
                store.index(),
                store.feed(),
                executions,
                new BriefWait(executions, FIRST_STEP_MAX, FIRST_STEPS_MAX),
                pause -> LockSupport.parkNanos(pause.toNanos()),
                Math.toIntExact(settings.get(Catalog.MAX_EXECUTING))));
    log.listen(runtime::rung);
    TailNews news = new TailNews(tails);
    log.follow(news);
    Sealing sealing = new Sealing(store.index(), sealer, new SplittableRandom());
    node =
        new Node(
            runtime,
            executions,
            times(settings),
            news,
            new Node.Registration(store.nodes(), nodeId, Service.VERSION),
            sealing::round,
            ageing(settings, store, sealer, registry));
    load =
        new LoadMeter(
            () -> Measuring.load(store, runtime, programs),
            () -> runtime.executions().size(),
            Measuring.limits(settings),
            registry);
    measuring = Rounds.every(MEASURE, "load", load::measure);
    carriers = new CarrierProbe(Thread::startVirtualThread, System::nanoTime);
    probing = Rounds.every(MEASURE, "carriers", carriers::probe);
    HintNotifier notifier = store.notifier(nodeId);
    log.listen((_, _, _) -> notifier.changed());
    hints = List.of(notifier, store.listener(nodeId, node::lookSoon));
  }

  private static Runnable ageing(
      Settings settings, Store store, Sealer sealer, MeterRegistry registry) {
    AgeingRound round =
        new AgeingRound(
            store.log(),
            store.ageing(),
            store.seals(),
            sealer,
            settings.get(Catalog.DELTA_RETENTION),
            AgeingRound.Bounds.DEFAULT,
            new SplittableRandom());
    Counter aged =
        Counter.builder("runtime.aged")
            .description("Pieces of texts that this node removed from logs because they were old")
            .register(registry);
    return () -> aged.increment((double) round.run());
  }

  private static void close(AutoCloseable hint) {
    try {
      hint.close();
    } catch (Exception e) {
      LOG.debug("a hint could not be ended", e);
    }
  }

  static Limits limits(Settings settings) {
    return Limits.defaults()
        .withTurnDeadline(settings.get(Catalog.TURN_DEADLINE))
        .withEventsMax(settings.get(Catalog.MAX_EVENTS))
        .withBytesMax(settings.get(Catalog.MAX_BYTES));
  }

  static Node.NodeTimes times(Settings settings) {
    Duration leaseTtl = settings.get(Catalog.LEASE_TTL);
    return new Node.NodeTimes(
        leaseTtl,
        settings.get(Catalog.POLL_INTERVAL),
        settings
            .find(Catalog.JANITOR_INTERVAL)
            .orElseGet(() -> Node.NodeTimes.usualTend(leaseTtl)));
  }

  private static OpeningReads.Bounds openings(Settings settings) {
    OpeningReads.Bounds usual = OpeningReads.Bounds.DEFAULT;
    int waitingMax = Math.toIntExact(settings.get(Catalog.MAX_OPENING));
    return new OpeningReads.Bounds(usual.readingMax(), waitingMax, usual.waitMax());
  }

  /// Begins to take runs on.
  void begin() {
    node.begin();
  }

  /// The log through which everything of this node writes.
  Bell log() {
    return log;
  }

  /// The same log, read over the connections of requests.
  EventLog servedLog() {
    return servedLog;
  }

  /// Whether this node takes more.
  Admission admission() {
    return load;
  }

  /// How late virtual threads run.
  Duration carrierDelay() {
    return carriers.delay();
  }

  /// What a run may take.
  Limits limits() {
    return limits;
  }

  OpeningReads opening() {
    return opening;
  }

  Tails tails() {
    return tails;
  }

  AgentRuntime runtime() {
    return runtime;
  }

  /// Gives the runs back, then stops.
  @Override
  public void close() {
    hints.forEach(Engine::close);
    Closing.inOrder(measuring::close, probing::close, node::close, reading::shutdownNow);
  }
}
