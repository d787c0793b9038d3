package com.openagents.runtime.app.wiring;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.diagnosis.Diagnoses;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.node.Health;
import com.openagents.runtime.http.node.Operating;
import com.openagents.runtime.http.node.Readiness;
import com.openagents.runtime.http.run.Admission;
import com.openagents.runtime.http.run.ChangingRuns;
import com.openagents.runtime.http.run.ForkingRuns;
import com.openagents.runtime.http.run.ReadingRuns;
import com.openagents.runtime.http.run.SendingFrames;
import com.openagents.runtime.http.run.Snapshots;
import com.openagents.runtime.http.stream.OpenStreams;
import com.openagents.runtime.http.stream.RunStreams;
import com.openagents.runtime.http.stream.StartedStreams;
import com.openagents.runtime.http.stream.Streaming;
import com.openagents.runtime.http.thread.ReadingThreads;
import com.openagents.runtime.intake.Backlog;
import com.openagents.runtime.intake.RunReads;
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.seal.HashedPages;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Signer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Every call of the service, one constructor a line.
final class Routes {

  private static final String DEFAULT_AGENT = "assistant";

  private final List<Route> all = new ArrayList<>();
  private final Health health;

  Routes(
      Settings settings,
      Store store,
      Engine engine,
      OpenStreams streams,
      AgentPrograms programs,
      Signer signer,
      PrometheusMeterRegistry registry) {
    EventLog log = engine.servedLog();
    RunReads reads =
        new RunReads(
            log,
            store.servedIndex(),
            store.servedThreads(),
            store.servedCheckpoints(),
            store.servedBlobs());
    Admission admission = engine.admission();
    int queuedMax = Math.toIntExact(settings.get(Catalog.MAX_QUEUED_PER_RUN));
    Backlog backlog = new Backlog(log, store.servedCheckpoints(), queuedMax);
    Runs runs = new Runs(log, programs, store.blobs(), engine.runtime(), backlog);
    Diagnoses diagnoses = new Diagnoses(log, store.servedNodes());
    RunStreams following = new RunStreams(engine.opening(), engine.tails(), streams);
    StartedStreams started = new StartedStreams(following);
    all.addAll(
        new ChangingRuns(runs, reads, programs, DEFAULT_AGENT, admission, store.audit(), started)
            .routes());
    all.addAll(new SendingFrames(runs, reads, admission, store.audit()).routes());
    all.addAll(new ForkingRuns(runs, reads, admission, store.audit()).routes());
    HashedPages hashed = new HashedPages(log, store.servedSeals());
    Snapshots snapshots = new Snapshots(engine.limits(), settings.get(Catalog.LEASE_TTL));
    all.addAll(new ReadingRuns(reads, diagnoses, hashed, snapshots).routes());
    all.addAll(new ReadingThreads(reads, snapshots).routes());
    all.addAll(new Streaming(reads, engine.opening(), following).routes());
    Sealer sealer = new Sealer(log, store.servedSeals(), signer, InstantSource.system());
    all.addAll(
        new com.openagents.runtime.http.seal.Sealing(
                reads, log, sealer, store.servedSeals(), signer.keyId())
            .routes());
    all.addAll(
        new Operating(() -> engine.runtime().executions(), store.servedNodes(), store.audit())
            .routes());
    health =
        new Health(
            () -> List.of(database(store)), registry::scrape, settings.get(Catalog.METRICS_PUBLIC));
    all.addAll(health.routes());
  }

  void add(List<Route> more) {
    all.addAll(more);
  }

  List<Route> all() {
    return all;
  }

  /// Those that tell how a listener is, and no more.
  List<Route> probes() {
    return health.probes();
  }

  private static Readiness.Check database(Store store) {
    try {
      store.servedNodes().list();
      return new Readiness.Check("database", true, "answers");
    } catch (StoreUnavailable e) {
      return new Readiness.Check("database", false, "does not answer");
    }
  }
}
