package com.openagents.runtime.http;

import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.access.Verification;
import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.diagnosis.Diagnoses;
import com.openagents.runtime.engine.AgentRuntime;
import com.openagents.runtime.engine.Bell;
import com.openagents.runtime.engine.EnginePorts;
import com.openagents.runtime.engine.Timebox;
import com.openagents.runtime.execution.ExecutionPorts;
import com.openagents.runtime.execution.ExecutorSettings;
import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.http.access.Authentication;
import com.openagents.runtime.http.access.CachedNonces;
import com.openagents.runtime.http.access.SignedCallers;
import com.openagents.runtime.http.access.TrustedCallers;
import com.openagents.runtime.http.edge.EdgeSettings;
import com.openagents.runtime.http.edge.EdgeSettings.RequestLimits;
import com.openagents.runtime.http.edge.HttpEdge;
import com.openagents.runtime.http.edge.Listening;
import com.openagents.runtime.http.edge.Served;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.node.Health;
import com.openagents.runtime.http.node.Operating;
import com.openagents.runtime.http.node.Readiness.Check;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.run.Admission;
import com.openagents.runtime.http.run.ChangingRuns;
import com.openagents.runtime.http.run.ForkingRuns;
import com.openagents.runtime.http.run.ReadingRuns;
import com.openagents.runtime.http.run.SendingFrames;
import com.openagents.runtime.http.run.Snapshots;
import com.openagents.runtime.http.seal.Sealing;
import com.openagents.runtime.http.stream.OpenStreams;
import com.openagents.runtime.http.stream.RunStreams;
import com.openagents.runtime.http.stream.StartedStreams;
import com.openagents.runtime.http.stream.StreamSettings;
import com.openagents.runtime.http.stream.Streaming;
import com.openagents.runtime.http.thread.ReadingThreads;
import com.openagents.runtime.identity.Ids;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.SeededIds;
import com.openagents.runtime.intake.Backlog;
import com.openagents.runtime.intake.RunReads;
import com.openagents.runtime.intake.Runs;
import com.openagents.runtime.intake.Starter;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.model.OfflineModels;
import com.openagents.runtime.seal.Ed25519;
import com.openagents.runtime.seal.HashedPages;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Signer;
import com.openagents.runtime.tail.OpeningReads;
import com.openagents.runtime.tail.Tails;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/// The whole service in memory, on a port of its own: a node that executes runs, and the edge.
public final class Service implements AutoCloseable {

  public static final String KEYS = "k1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  public static final int QUEUED_MAX = 100;
  private static final Duration LEASE_TTL = Duration.ofSeconds(30);
  private static final String VERSION = "1.2.3-test";

  private final InstantSource clock = InstantSource.system();

  /// Its clock runs behind: it refuses signatures from before its start, which has no whole second.
  private final InMemoryStore store = new InMemoryStore(() -> clock.instant().minusSeconds(2));

  private final Ids ids = new SeededIds(clock, 42);
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Bell log;
  private final Programs own = new Programs();
  private final AgentPrograms programs = own.all();
  private final AgentRuntime node;
  private final Queue<String> answered = new ConcurrentLinkedQueue<>();
  private final Queue<String> limits = new ConcurrentLinkedQueue<>();
  private final HeardIdentities identities = new HeardIdentities();
  private final OpeningReads opening;
  private final Tails tails;
  private final Signer sealSigner = sealSigner();
  private final TestProjections projections = new TestProjections(store);
  private final List<Route> routes;
  private final OpenStreams open;
  private final TestTokens tokens;
  private final HttpEdge edge;

  /// How a service differs from the usual one.
  ///
  /// @param faults wraps the store's log
  /// @param trust whom it believes beside signatures, and which tokens it gives out
  public record Settings(
      boolean signed,
      Set<String> corsOrigins,
      RequestLimits limits,
      StreamSettings streams,
      Admission admission,
      boolean ready,
      UnaryOperator<EventLog> faults,
      Trust trust) {

    public static final Settings SIGNED =
        new Settings(
            true,
            Set.of(),
            RequestLimits.DEFAULT,
            StreamSettings.DEFAULT,
            Admission.OPEN,
            true,
            UnaryOperator.identity(),
            Trust.USUAL);

    public static final Settings TRUSTING = SIGNED.with(false);

    private Settings with(boolean isSigned) {
      return new Settings(isSigned, corsOrigins, limits, streams, admission, ready, faults, trust);
    }

    public Settings with(Set<String> origins) {
      return new Settings(signed, origins, limits, streams, admission, ready, faults, trust);
    }

    public Settings with(RequestLimits others) {
      return new Settings(signed, corsOrigins, others, streams, admission, ready, faults, trust);
    }

    public Settings with(StreamSettings others) {
      return new Settings(signed, corsOrigins, limits, others, admission, ready, faults, trust);
    }

    public Settings with(Admission other) {
      return new Settings(signed, corsOrigins, limits, streams, other, ready, faults, trust);
    }

    public Settings notReady() {
      return new Settings(signed, corsOrigins, limits, streams, admission, false, faults, trust);
    }

    public Settings failing(UnaryOperator<EventLog> others) {
      return new Settings(signed, corsOrigins, limits, streams, admission, ready, others, trust);
    }

    public Settings identifying(IdentityTokens services) {
      return with(trust.identifying(services));
    }

    public Settings with(Trust other) {
      return new Settings(signed, corsOrigins, limits, streams, admission, ready, faults, other);
    }
  }

  public Service(Settings settings) {
    log = new Bell(settings.faults().apply(store.log()));
    opening = new OpeningReads(log, OpeningReads.Bounds.DEFAULT, System::nanoTime);
    tails = new Tails(log, opening, executor);
    node = node();
    log.listen(node::rung);
    log.follow(
        new Bell.Follower() {
          @Override
          public void writing(Append append) {
            tails.writing(append);
          }

          @Override
          public void wrote(Append append, Appended.Written written) {
            tails.wrote(append, written);
          }
        });
    open = new OpenStreams(settings.streams());
    Listening listening =
        Listening.on(new EdgeSettings("127.0.0.1", 0, settings.corsOrigins(), settings.limits()));
    tokens = new TestTokens(settings.trust(), store, clock, ids, listening.port());
    routes = routes(settings);
    edge = HttpEdge.start(listening, routes, authentication(settings), ids, VERSION, heard());
  }

  private Served heard() {
    return new Served() {
      @Override
      public void served(String route, int status, Duration took) {
        answered.add(route + " " + status);
      }

      @Override
      public void refused(String route, String limit) {
        limits.add(route + " " + limit);
      }
    };
  }

  private AgentRuntime node() {
    ExecutionPorts execution =
        new ExecutionPorts(
            log,
            store.threads(),
            store.checkpoints(),
            store.blobs(),
            new OfflineModels(),
            programs,
            clock,
            new ExecutorSettings(new NodeId("test-node"), LEASE_TTL, Limits.defaults()));
    return new AgentRuntime(
        new EnginePorts(
            execution,
            store.log(),
            store.index(),
            store.changes(),
            executor,
            Timebox.UNBOUNDED,
            pause -> LockSupport.parkNanos(pause.toNanos()),
            1_000));
  }

  private Authentication authentication(Settings settings) {
    Authentication callers =
        settings.signed()
            ? new SignedCallers(
                new Verification(SigningKeys.parse(KEYS), new CachedNonces(store.nonces()), clock))
            : new TrustedCallers();
    return settings.trust().authentication(callers, identities);
  }

  private List<Route> routes(Settings settings) {
    RunReads reads =
        new RunReads(log, store.index(), store.threads(), store.checkpoints(), store.blobs());
    Runs runs =
        new Runs(
            log,
            programs,
            store.blobs(),
            Starter.ALONE,
            new Backlog(log, store.checkpoints(), QUEUED_MAX));
    Sealer sealer = new Sealer(log, store.seals(), sealSigner, clock);
    List<Route> all = new ArrayList<>();
    RunStreams following = new RunStreams(opening, tails, open);
    StartedStreams started = new StartedStreams(following);
    all.addAll(
        new ChangingRuns(
                runs, reads, programs, "echo", settings.admission(), store.audit(), started)
            .routes());
    all.addAll(new SendingFrames(runs, reads, settings.admission(), store.audit()).routes());
    all.addAll(new ForkingRuns(runs, reads, settings.admission(), store.audit()).routes());
    Snapshots snapshots = new Snapshots(Limits.defaults(), LEASE_TTL);
    all.addAll(
        new ReadingRuns(
                reads,
                new Diagnoses(log, store.nodes()),
                new HashedPages(log, store.seals()),
                snapshots)
            .routes());
    all.addAll(new Streaming(reads, opening, following).routes());
    all.addAll(new ReadingThreads(reads, snapshots).routes());
    all.addAll(new Sealing(reads, log, sealer, store.seals(), sealSigner.keyId()).routes());
    all.addAll(new Operating(node::executions, store.nodes(), store.audit()).routes());
    all.addAll(tokens.routes());
    all.addAll(projections.routes());
    all.addAll(
        new Health(
                () -> List.of(new Check("store", settings.ready(), "in memory")),
                () -> "# TYPE up gauge\nup 1\n",
                false)
            .routes());
    return all;
  }

  static Signer sealSigner() {
    try {
      return Ed25519.signer(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What is given out to clients.
  TestTokens tokens() {
    return tokens;
  }

  /// What is told of its runs.
  TestProjections projections() {
    return projections;
  }

  public int port() {
    return edge.port();
  }

  public InMemoryStore store() {
    return store;
  }

  Tails tails() {
    return tails;
  }

  /// The log that wakes readers and executors.
  public EventLog log() {
    return log;
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }

  public OpenStreams open() {
    return open;
  }

  public Ids ids() {
    return ids;
  }

  public InstantSource clock() {
    return clock;
  }

  /// The calls that a limit refused: method, path template and the limit's name.
  List<String> refused() {
    return List.copyOf(limits);
  }

  /// What went wrong with identity tokens.
  HeardIdentities identities() {
    return identities;
  }

  /// The calls that were answered: method, path template and status.
  List<String> answered() {
    return List.copyOf(answered);
  }

  /// The programs that tests steer.
  Programs programs() {
    return own;
  }

  /// Takes what a change needs that came while nobody listened.
  public void tend() {
    node.tend();
  }

  /// A caller that signs as user 1.
  public Client client() {
    return new Client(this, Optional.of(SigningKeys.parse(KEYS)));
  }

  /// A caller that signs nothing.
  public Client unsigned() {
    return new Client(this, Optional.empty());
  }

  @Override
  public void close() {
    own.decide();
    open.close();
    edge.close();
    node.drain();
    executor.shutdownNow();
  }
}
