package com.openagents.runtime.app.wiring;

import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.access.Verification;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.settings.TokenCatalog;
import com.openagents.runtime.http.access.Authentication;
import com.openagents.runtime.http.access.CachedNonces;
import com.openagents.runtime.http.access.IdentifiedCallers;
import com.openagents.runtime.http.access.SessionCallers;
import com.openagents.runtime.http.access.SignedCallers;
import com.openagents.runtime.http.access.TrustedCallers;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IdentityWatch;
import com.openagents.runtime.http.oidc.IssuerDocuments;
import com.openagents.runtime.http.oidc.IssuerKeys;
import com.openagents.runtime.http.oidc.TrustedIssuer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How this service finds out who calls.
final class Authenticating implements AutoCloseable {

  private final List<IssuerDocuments> documents = new ArrayList<>();
  private final InstantSource clock;
  private final IdentityWatch watch;
  private final Authentication authentication;

  Authenticating(Settings settings, Store store, InstantSource clock, IdentityWatch watch) {
    this.clock = clock;
    this.watch = watch;
    Authentication callers = callers(settings, store, clock);
    Authentication identified =
        services(settings)
            .<Authentication>map(trusted -> new IdentifiedCallers(callers, tokens(trusted), watch))
            .orElse(callers);
    authentication =
        people(settings)
            .<Authentication>map(trusted -> new SessionCallers(identified, tokens(trusted), watch))
            .orElse(identified);
  }

  private static Authentication callers(Settings settings, Store store, InstantSource clock) {
    Optional<SigningKeys> keys = settings.find(Catalog.SIGNING_KEYS);
    return keys.isEmpty()
        ? new TrustedCallers()
        : new SignedCallers(new Verification(keys.get(), new CachedNonces(store.nonces()), clock));
  }

  private static Optional<TrustedIssuer> services(Settings settings) {
    return settings.get(Catalog.REQUIRE_IDENTITY)
        ? Optional.of(
            new TrustedIssuer(
                settings.find(Catalog.IDENTITY_ISSUER).orElseThrow(),
                settings.find(Catalog.IDENTITY_AUDIENCE).orElseThrow(),
                settings.find(Catalog.IDENTITY_SUBJECTS).orElseThrow()))
        : Optional.empty();
  }

  private static Optional<TrustedIssuer> people(Settings settings) {
    return settings
        .find(TokenCatalog.SESSION_ISSUER)
        .map(issuer ->
            new TrustedIssuer(issuer, settings.find(TokenCatalog.SESSION_AUDIENCE).orElseThrow()));
  }

  private IdentityTokens tokens(TrustedIssuer trusted) {
    IssuerDocuments read = new IssuerDocuments(trusted.issuer());
    documents.add(read);
    return new IdentityTokens(trusted, keys(read, watch), clock);
  }

  /// The keys of an issuer, read behind the callers' backs.
  static IssuerKeys keys(IssuerDocuments documents, IdentityWatch watch) {
    return new IssuerKeys(
        documents,
        reading -> Thread.ofVirtual().name("issuer-keys").start(reading),
        System::nanoTime,
        watch);
  }

  Authentication authentication() {
    return authentication;
  }

  /// Breaks a reading of keys that is under way.
  @Override
  public void close() {
    documents.forEach(IssuerDocuments::close);
  }
}
