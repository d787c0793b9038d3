package com.openagents.runtime.app.wiring;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.TokenFile;
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
import java.nio.file.Path;
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

  static final String VERSION =
      Optional.ofNullable(Service.class.getPackage().getImplementationVersion())
          .orElse("development");

  private final Database database;
  private final Store store;
  private final Engine engine;
  private final OpenStreams streams;
  private final Surface surface;
  private final Projections projections;

  private Service(
      Database database,
      Store store,
      Engine engine,
      OpenStreams streams,
      Surface surface,
      Projections projections) {
    this.database = database;
    this.store = store;
    this.engine = engine;
    this.streams = streams;
    this.surface = surface;
    this.projections = projections;
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
    Listeners.of(settings).close();
    try (var connections = Database.connections(database.url())) {
      if (settings.get(Catalog.MIGRATE_ON_START)) {
        Migrations.apply(connections);
      }
      StoreCheck.run(connections).forEach(progress);
    }
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Store store = Store.open(connection(settings, database), parts.watch(), registry);
    try {
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
    try {
      return start(settings, programs, database, store, engine, signer, registry);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private static Service start(
      Settings settings,
      AgentPrograms programs,
      Database database,
      Store store,
      Engine engine,
      Signer signer,
      PrometheusMeterRegistry registry) {
    InstantSource clock = InstantSource.system();
    Path directory = Database.location(settings).path();
    Surface surface = Surface.open(settings, store, directory, clock, registry);
    try {
      OpenStreams streams = new OpenStreams(streamSettings(settings));
      Routes routes = new Routes(settings, store, engine, streams, programs, signer, registry);
      Gauges gauges = new Gauges(registry);
      gauges.show(engine, clock);
      gauges.show(streams);
      gauges.show(settings, surface.limits());
      Projections projections =
          new Projections(
              settings,
              store,
              nodeId(settings),
              new Sinks(settings, store.logId(), surface.writerTokens()),
              clock,
              registry);
      routes.add(projections.routes());
      surface.serve(routes);
      engine.begin();
      projections.begin();
      return new Service(database, store, engine, streams, surface, projections);
    } catch (RuntimeException e) {
      surface.close();
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
    return surface.address();
  }

  /// Where clients are served apart from the control plane, if they are.
  public Optional<URI> addressForClients() {
    return surface.addressForClients();
  }

  @Override
  public void close() {
    Closing.inOrder(
        streams::close,
        surface::close,
        projections::close,
        engine::close,
        store::close,
        database::close);
  }
}
