package com.openagents.runtime.app.wiring;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.app.metrics.MeteredCalls;
import com.openagents.runtime.app.metrics.MeteredIdentity;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.HttpAddress;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.TokenFile;
import com.openagents.runtime.http.edge.EdgeSettings;
import com.openagents.runtime.http.edge.HttpEdge;
import com.openagents.runtime.http.stream.OpenStreams;
import com.openagents.runtime.http.stream.StreamSettings;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.postgres.ConnectionSettings;
import com.openagents.runtime.postgres.Migrations;
import com.openagents.runtime.postgres.StoreCheck;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Signer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The whole service in this process: store, engine and edge.
///
/// [#close] is the orderly end: it stops listening, gives every run back, and then lets go of the
/// database. Thread-safe.
public final class Service implements AutoCloseable {

  private static final long CONNECTIONS_BESIDE_STREAMS = 2_000;

  static final String VERSION =
      Optional.ofNullable(Service.class.getPackage().getImplementationVersion())
          .orElse("development");

  private final Database database;
  private final Store store;
  private final Engine engine;
  private final OpenStreams streams;
  private final HttpEdge edge;
  private final Authenticating callers;
  private final URI address;

  private Service(
      Database database,
      Store store,
      Engine engine,
      OpenStreams streams,
      HttpEdge edge,
      Authenticating callers,
      URI at) {
    this.database = database;
    this.store = store;
    this.engine = engine;
    this.streams = streams;
    this.edge = edge;
    this.callers = callers;
    this.address = at;
  }

  /// Starts everything and returns once the service listens.
  ///
  /// @param progress gets a line for every step that makes a person wait
  public static Service start(Settings settings, Consumer<String> progress) {
    return start(settings, Parts.usual(), progress);
  }

  /// Starts everything with parts of the caller's and returns once the service listens.
  ///
  /// @param progress gets a line for every step that makes a person wait
  public static Service start(Settings settings, Parts parts, Consumer<String> progress) {
    Database database = Database.open(settings, progress);
    try {
      return start(settings, parts, database, progress);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static Service start(
      Settings settings, Parts parts, Database database, Consumer<String> progress) {
    HttpEdge.requireFreePort(edgeSettings(settings));
    if (settings.get(Catalog.MIGRATE_ON_START)) {
      try (var connections = Database.connections(database.url())) {
        Migrations.apply(connections);
      }
    }
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Store store = Store.open(connection(settings, database), parts.watch(), registry);
    try {
      StoreCheck.run(store.pools().serving()).forEach(progress);
      return start(settings, parts.programs(), database, store, registry);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static Service start(
      Settings settings,
      AgentPrograms programs,
      Database database,
      Store store,
      PrometheusMeterRegistry registry) {
    InstantSource clock = InstantSource.system();
    Signer signer = SealKeys.of(settings, Database.location(settings).path());
    Sealer sealer = new Sealer(store.log(), store.seals(), signer, clock);
    Engine engine = new Engine(settings, store, programs, sealer, nodeId(settings), registry);
    Authenticating callers =
        new Authenticating(settings, store, clock, new MeteredIdentity(registry));
    try {
      OpenStreams streams = new OpenStreams(streamSettings(settings));
      Routes routes = new Routes(settings, store, engine, streams, programs, signer, registry);
      EdgeSettings listening = edgeSettings(settings);
      Gauges gauges = new Gauges(registry);
      gauges.show(engine, clock);
      gauges.show(streams);
      gauges.show(settings, listening.limits());
      HttpEdge edge =
          HttpEdge.start(
              listening,
              routes.all(),
              callers.authentication(),
              new RandomIds(clock),
              VERSION,
              new MeteredCalls(registry));
      engine.begin();
      URI address = HttpAddress.of(settings.get(Catalog.HTTP_HOST), edge.port());
      return new Service(database, store, engine, streams, edge, callers, address);
    } catch (RuntimeException e) {
      callers.close();
      engine.close();
      throw e;
    }
  }

  private static ConnectionSettings connection(Settings settings, Database database) {
    return Store.connection(database.url(), settings.get(Catalog.LEASE_TTL));
  }

  private static NodeId nodeId(Settings settings) {
    return new NodeId(settings.find(Catalog.NODE_ID).orElseGet(Service::hostAndPid));
  }

  private static String hostAndPid() {
    try {
      return InetAddress.getLocalHost().getHostName() + "-" + ProcessHandle.current().pid();
    } catch (UnknownHostException e) {
      return "node-" + ProcessHandle.current().pid();
    }
  }

  private static StreamSettings streamSettings(Settings settings) {
    StreamSettings usual = StreamSettings.DEFAULT;
    return new StreamSettings(
        Math.toIntExact(settings.get(Catalog.MAX_STREAMS)),
        usual.queuedBytesMax(),
        usual.heldBytesMax(),
        usual.heartbeat(),
        usual.stalledMax());
  }

  private static EdgeSettings edgeSettings(Settings settings) {
    EdgeSettings.RequestLimits usual = EdgeSettings.RequestLimits.DEFAULT;
    return new EdgeSettings(
        settings.get(Catalog.HTTP_HOST),
        settings.get(Catalog.HTTP_PORT),
        settings.find(Catalog.CORS_ORIGINS).map(Set::copyOf).orElse(Set.of()),
        new EdgeSettings.RequestLimits(
            Math.toIntExact(settings.get(Catalog.MAX_BODY)),
            usual.headBytesMax(),
            usual.headTimeout(),
            usual.bodyTimeout(),
            usual.idleTimeout(),
            usual.bodiesBytesMax(),
            connectionsMax(settings)));
  }

  /// As many as there may be streams, and some for everything else.
  private static int connectionsMax(Settings settings) {
    return Math.toIntExact(settings.get(Catalog.MAX_STREAMS) + CONNECTIONS_BESIDE_STREAMS);
  }

  /// One line that says which model answers.
  public static String describeModel(Settings settings) {
    return ConfiguredModels.describe(settings);
  }

  /// As whom this process calls its own service: user 1.
  public static Credentials credentials(Settings settings) {
    InstantSource clock = InstantSource.system();
    com.openagents.runtime.access.Signer signer =
        settings
            .find(Catalog.SIGNING_KEYS)
            .map(
                keys -> new com.openagents.runtime.access.Signer(keys, clock, new RandomIds(clock)))
            .orElse(null);
    return new Credentials(signer, new Principal.User(1), Set.of(), identity(settings));
  }

  /// Where this process finds the token that says which service it is, or null.
  public static @Nullable TokenFile identity(Settings settings) {
    return settings.find(Catalog.IDENTITY_TOKEN_FILE).map(TokenFile::new).orElse(null);
  }

  /// The log through which everything of this node writes.
  public EventLog log() {
    return engine.log();
  }

  /// Where the service listens.
  public URI address() {
    return address;
  }

  @Override
  public void close() {
    Closing.inOrder(
        streams::close, edge::close, callers::close, engine::close, store::close, database::close);
  }
}
