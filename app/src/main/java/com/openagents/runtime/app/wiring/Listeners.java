package com.openagents.runtime.app.wiring;

import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.HttpAddress;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.settings.TokenCatalog;
import com.openagents.runtime.http.access.Authentication;
import com.openagents.runtime.http.edge.EdgeSettings;
import com.openagents.runtime.http.edge.EdgeSettings.RequestLimits;
import com.openagents.runtime.http.edge.HttpEdge;
import com.openagents.runtime.http.edge.Listening;
import com.openagents.runtime.http.edge.Served;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.identity.Ids;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where this service listens: for the control plane, and apart from it for clients. In development
/// one listener does for both, unless clients are given one of their own.
final class Listeners implements AutoCloseable {

  private static final long CONNECTIONS_BESIDE_STREAMS = 2_000;

  private final Settings settings;
  private final Listening internal;
  private final Optional<Listening> forClients;
  private final List<HttpEdge> edges = new ArrayList<>();

  private Listeners(Settings settings, Listening internal, Optional<Listening> forClients) {
    this.settings = settings;
    this.internal = internal;
    this.forClients = forClients;
  }

  /// Takes the ports.
  ///
  /// @throws com.openagents.runtime.http.edge.ListenRefused when one is taken
  static Listeners of(Settings settings) {
    Listening internal = Listening.on(internal(settings));
    try {
      return new Listeners(settings, internal, forClients(settings).map(Listening::on));
    } catch (RuntimeException e) {
      internal.close();
      throw e;
    }
  }

  /// Begins to serve.
  void start(Calls calls, Authentication authentication, Ids ids, String version, Served served) {
    List<Route> first = new ArrayList<>(calls.internal());
    if (forClients.isPresent()) {
      List<Route> second = new ArrayList<>(calls.forClients());
      second.addAll(calls.probes());
      edges.add(HttpEdge.start(forClients.get(), second, authentication, ids, version, served));
    } else if (settings.find(Catalog.SIGNING_KEYS).isEmpty()) {
      first.addAll(calls.forClients());
    }
    edges.add(HttpEdge.start(internal, first, authentication, ids, version, served));
  }

  /// Every call of the service, by who may reach it.
  ///
  /// @param probes of `internal`, those that tell how a listener is
  record Calls(List<Route> internal, List<Route> forClients, List<Route> probes) {}

  URI address() {
    return HttpAddress.of(settings.get(Catalog.HTTP_HOST), internal.port());
  }

  /// Where clients are served apart from the control plane, if they are.
  Optional<URI> addressForClients() {
    return forClients.map(
        own -> HttpAddress.of(settings.get(TokenCatalog.PUBLIC_HTTP_HOST), own.port()));
  }

  /// What the control plane's listener bears.
  RequestLimits limits() {
    return internal.settings().limits();
  }

  private static EdgeSettings internal(Settings settings) {
    RequestLimits usual = RequestLimits.DEFAULT;
    return new EdgeSettings(
        settings.get(Catalog.HTTP_HOST),
        settings.get(Catalog.HTTP_PORT),
        origins(settings),
        limits(settings, usual.bodiesBytesMax()));
  }

  /// Half as much memory as the control plane's, so that clients alone cannot take it all.
  private static Optional<EdgeSettings> forClients(Settings settings) {
    long bodies = RequestLimits.DEFAULT.bodiesBytesMax() / 2;
    return settings
        .find(TokenCatalog.PUBLIC_HTTP_PORT)
        .map(port ->
            new EdgeSettings(
                settings.get(TokenCatalog.PUBLIC_HTTP_HOST),
                port,
                origins(settings),
                limits(settings, bodies)));
  }

  private static Set<String> origins(Settings settings) {
    return settings.find(Catalog.CORS_ORIGINS).map(Set::copyOf).orElse(Set.of());
  }

  private static RequestLimits limits(Settings settings, long bodiesBytesMax) {
    RequestLimits usual = RequestLimits.DEFAULT;
    return new RequestLimits(
        Math.toIntExact(settings.get(Catalog.MAX_BODY)),
        usual.headBytesMax(),
        usual.headTimeout(),
        usual.bodyTimeout(),
        usual.idleTimeout(),
        bodiesBytesMax,
        connectionsMax(settings));
  }

  /// As many as there may be streams, and some for everything else.
  private static int connectionsMax(Settings settings) {
    return Math.toIntExact(settings.get(Catalog.MAX_STREAMS) + CONNECTIONS_BESIDE_STREAMS);
  }

  /// Stops listening and breaks what is open.
  @Override
  public void close() {
    Closing.inOrder(
        () -> edges.forEach(HttpEdge::close),
        internal::close,
        () -> forClients.ifPresent(Listening::close));
  }
}
