package com.openagents.runtime.app.wiring;

import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.access.Verification;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.http.access.Authentication;
import com.openagents.runtime.http.access.CachedNonces;
import com.openagents.runtime.http.access.IdentifiedCallers;
import com.openagents.runtime.http.access.SignedCallers;
import com.openagents.runtime.http.access.TrustedCallers;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IdentityWatch;
import com.openagents.runtime.http.oidc.IssuerDocuments;
import com.openagents.runtime.http.oidc.IssuerKeys;
import com.openagents.runtime.http.oidc.TrustedIssuer;
import java.time.InstantSource;
import java.util.Optional;

/// How this service finds out who calls.
final class Authenticating implements AutoCloseable {

  private final Optional<IssuerDocuments> documents;
  private final Authentication authentication;

  Authenticating(Settings settings, Store store, InstantSource clock, IdentityWatch watch) {
    Authentication callers = callers(settings, store, clock);
    Optional<TrustedIssuer> issuer = issuer(settings);
    documents = issuer.map(trusted -> new IssuerDocuments(trusted.issuer()));
    authentication =
        issuer
            .<Authentication>map(trusted ->
                new IdentifiedCallers(
                    callers, new IdentityTokens(trusted, keys(watch), clock), watch))
            .orElse(callers);
  }

  private static Authentication callers(Settings settings, Store store, InstantSource clock) {
    Optional<SigningKeys> keys = settings.find(Catalog.SIGNING_KEYS);
    return keys.isEmpty()
        ? new TrustedCallers()
        : new SignedCallers(new Verification(keys.get(), new CachedNonces(store.nonces()), clock));
  }

  private static Optional<TrustedIssuer> issuer(Settings settings) {
    return settings.get(Catalog.REQUIRE_IDENTITY)
        ? Optional.of(
            new TrustedIssuer(
                settings.find(Catalog.IDENTITY_ISSUER).orElseThrow(),
                settings.find(Catalog.IDENTITY_AUDIENCE).orElseThrow(),
                settings.find(Catalog.IDENTITY_SUBJECTS).orElseThrow()))
        : Optional.empty();
  }

  private IssuerKeys keys(IdentityWatch watch) {
    return new IssuerKeys(
        documents.orElseThrow(),
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
    documents.ifPresent(IssuerDocuments::close);
  }
}
