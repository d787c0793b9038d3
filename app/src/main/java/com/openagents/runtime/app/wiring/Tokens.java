package com.openagents.runtime.app.wiring;

import com.openagents.runtime.app.metrics.MeteredTokens;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.settings.TokenCatalog;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IdentityWatch;
import com.openagents.runtime.http.oidc.IssuerAddress;
import com.openagents.runtime.http.oidc.IssuerDocuments;
import com.openagents.runtime.http.oidc.IssuerKeys;
import com.openagents.runtime.http.oidc.TrustedIssuer;
import com.openagents.runtime.http.token.Mint;
import com.openagents.runtime.http.token.TokenKeys;
import com.openagents.runtime.http.token.VerifiedTokens;
import com.openagents.runtime.identity.Ids;
import com.openagents.runtime.token.Allowance;
import com.openagents.runtime.token.Minting;
import com.openagents.runtime.token.Revocations;
import com.openagents.runtime.token.TokenKind;
import com.openagents.runtime.token.TokenVerdict;
import com.openagents.runtime.token.TokenVerifier;
import com.openagents.runtime.token.WriterTokens;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Who makes the tokens of clients, and how they are verified here.
final class Tokens implements AutoCloseable {

  private static final String FILE = "token.key";
  private static final String KEPT = "development";

  private final Settings settings;
  private final Revocations revocations;
  private final MeteredTokens meters;
  private final InstantSource clock;
  private final Ids ids;
  private final Mint mint;
  private final Optional<IssuerDocuments> elsewhere;

  /// @param directory where a key of development is kept
  /// @param address at which clients reach this service, in development
  Tokens(
      Settings settings,
      Revocations revocations,
      Path directory,
      URI address,
      InstantSource clock,
      MeteredTokens meters) {
    this.settings = settings;
    this.revocations = revocations;
    this.meters = meters;
    this.clock = clock;
    this.ids = new RandomIds(clock);
    this.mint = mint(directory, address);
    this.elsewhere =
        mint instanceof Mint.Elsewhere(String issuer)
            ? Optional.of(new IssuerDocuments(new IssuerAddress(issuer)))
            : Optional.empty();
  }

  private Mint mint(Path directory, URI address) {
    Optional<String> issuer = settings.find(TokenCatalog.TOKEN_ISSUER).map(IssuerAddress::text);
    Optional<TokenKeys> keys = settings.find(TokenCatalog.TOKEN_KEYS);
    if (keys.isPresent()) {
      return here(issuer.orElseGet(address::toString), keys.get());
    }
    if (issuer.isPresent()) {
      return new Mint.Elsewhere(issuer.get());
    }
    return settings.find(Catalog.SIGNING_KEYS).isPresent()
        ? new Mint.Nowhere()
        : here(address.toString(), kept(directory));
  }

  private static TokenKeys kept(Path directory) {
    return TokenKeys.kept(KeptKey.text(directory, FILE, () -> TokenKeys.generate(KEPT, false)));
  }

  private Mint here(String issuer, TokenKeys keys) {
    Minting.Terms terms =
        new Minting.Terms(
            issuer,
            Map.of(
                TokenKind.CONVEX, settings.get(TokenCatalog.CONVEX_AUDIENCE),
                TokenKind.SYNC, settings.get(TokenCatalog.SYNC_AUDIENCE)),
            settings.get(TokenCatalog.TOKEN_GUESTS));
    Allowance allowance = new Allowance(settings.get(TokenCatalog.TOKEN_RATE), clock);
    return new Mint.Here(
        issuer, keys, new Minting(terms, keys, revocations, allowance, clock, ids));
  }

  Mint mint() {
    return mint;
  }

  /// The tokens with which this service writes into Convex; empty where it has no keys.
  Optional<Supplier<String>> writer() {
    return mint instanceof Mint.Here(String issuer, TokenKeys keys, _)
        ? Optional.of(
            new WriterTokens(
                issuer,
                settings.get(TokenCatalog.CONVEX_WRITER_AUDIENCE),
                claims -> {
                  meters.madeForWriter();
                  return keys.sign(claims);
                },
                clock,
                ids))
        : Optional.empty();
  }

  /// @param watch hears of readings of another issuer's keys
  TokenVerifier verifier(IdentityWatch watch) {
    return switch (mint) {
      case Mint.Here(String issuer, TokenKeys keys, _) ->
          verifier(issuer, IssuerKeys.of(keys.published()));
      case Mint.Elsewhere(String issuer) ->
          verifier(issuer, Authenticating.keys(elsewhere.orElseThrow(), watch));
      case Mint.Nowhere _ -> (_, _) -> new TokenVerdict.Bad(TokenVerdict.Reason.UNKNOWN_KEY);
    };
  }

  private TokenVerifier verifier(String issuer, IssuerKeys keys) {
    Map<TokenKind, IdentityTokens> tokens = new EnumMap<>(TokenKind.class);
    Map.of(
            TokenKind.CONVEX, TokenCatalog.CONVEX_AUDIENCE,
            TokenKind.SYNC, TokenCatalog.SYNC_AUDIENCE)
        .forEach((kind, audience) -> {
          TrustedIssuer trusted =
              new TrustedIssuer(new IssuerAddress(issuer), settings.get(audience));
          tokens.put(kind, new IdentityTokens(trusted, keys, clock));
        });
    return new VerifiedTokens(tokens, revocations);
  }

  /// Breaks a reading of another issuer's keys.
  @Override
  public void close() {
    elsewhere.ifPresent(IssuerDocuments::close);
  }
}
