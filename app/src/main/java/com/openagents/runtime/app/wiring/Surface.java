package com.openagents.runtime.app.wiring;

import com.openagents.runtime.app.metrics.MeteredCalls;
import com.openagents.runtime.app.metrics.MeteredIdentity;
import com.openagents.runtime.app.metrics.MeteredTokens;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.http.edge.EdgeSettings.RequestLimits;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.token.IntrospectingTokens;
import com.openagents.runtime.http.token.MintingTokens;
import com.openagents.runtime.http.token.PublishingKeys;
import com.openagents.runtime.http.token.RevokingTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What others reach of this service: where it listens, whom it believes, and the tokens that it
/// gives out.
final class Surface implements AutoCloseable {

  private final Listeners listeners;
  private final Store store;
  private final InstantSource clock;
  private final MeteredIdentity identities;
  private final MeteredTokens meters;
  private final MeteredCalls calls;
  private final Authenticating callers;
  private final Tokens tokens;

  private Surface(
      Settings settings,
      Store store,
      Listeners listeners,
      Path directory,
      InstantSource clock,
      MeterRegistry registry) {
    this.listeners = listeners;
    this.store = store;
    this.clock = clock;
    identities = new MeteredIdentity(registry);
    meters = new MeteredTokens(registry);
    calls = new MeteredCalls(registry);
    callers = new Authenticating(settings, store, clock, identities);
    tokens =
        new Tokens(
            settings,
            store.revocations(),
            directory,
            listeners.addressForClients().orElseGet(listeners::address),
            clock,
            meters);
  }

  /// Takes the ports; nobody is answered yet.
  ///
  /// @param directory of the service's data
  /// @throws com.openagents.runtime.http.edge.ListenRefused when a port is taken
  static Surface open(
      Settings settings, Store store, Path directory, InstantSource clock, MeterRegistry registry) {
    Listeners listeners = Listeners.of(settings);
    try {
      return new Surface(settings, store, listeners, directory, clock, registry);
    } catch (RuntimeException e) {
      listeners.close();
      throw e;
    }
  }

  /// Begins to answer.
  void serve(Routes routes) {
    List<Route> internal = new ArrayList<>(routes.all());
    internal.addAll(new RevokingTokens(store.revocations(), store.audit(), clock).routes());
    internal.addAll(new IntrospectingTokens(tokens.verifier(identities)).routes());
    List<Route> forClients = new ArrayList<>(new MintingTokens(tokens.mint(), meters).routes());
    forClients.addAll(new PublishingKeys(tokens.mint()).routes());
    listeners.start(
        new Listeners.Calls(internal, forClients, routes.probes()),
        callers.authentication(),
        new RandomIds(clock),
        Service.VERSION,
        calls);
  }

  /// The tokens with which this service writes into Convex; empty where it has no keys.
  Optional<Supplier<String>> writerTokens() {
    return tokens.writer();
  }

  URI address() {
    return listeners.address();
  }

  Optional<URI> addressForClients() {
    return listeners.addressForClients();
  }

  RequestLimits limits() {
    return listeners.limits();
  }

  @Override
  public void close() {
    Closing.inOrder(listeners::close, callers::close, tokens::close);
  }
}
