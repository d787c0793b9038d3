package com.openagents.runtime.http;

import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IssuerAddress;
import com.openagents.runtime.http.oidc.IssuerKeys;
import com.openagents.runtime.http.oidc.TrustedIssuer;
import com.openagents.runtime.http.token.IntrospectingTokens;
import com.openagents.runtime.http.token.Mint;
import com.openagents.runtime.http.token.MintingTokens;
import com.openagents.runtime.http.token.PublishingKeys;
import com.openagents.runtime.http.token.RevokingTokens;
import com.openagents.runtime.http.token.TokenKeys;
import com.openagents.runtime.http.token.VerifiedTokens;
import com.openagents.runtime.identity.Ids;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.testkit.simulator.PortProxy;
import com.openagents.runtime.token.Allowance;
import com.openagents.runtime.token.Minting;
import com.openagents.runtime.token.Revocations;
import com.openagents.runtime.token.TokenKind;
import com.openagents.runtime.token.TokenSigner;
import com.openagents.runtime.token.TokenVerdict;
import com.openagents.runtime.token.TokenVerifier;
import com.openagents.runtime.token.WriterTokens;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The tokens of a service in memory.
final class TestTokens {

  static final String CONVEX = "openagents-convex";
  static final String SYNC = "openagents-sync";

  private final InMemoryStore store;
  private final InstantSource clock;
  private final Ids ids;
  private final String issuer;
  private final Mint mint;
  private volatile boolean away;
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  TestTokens(Trust trust, InMemoryStore store, InstantSource clock, Ids ids, int port) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    issuer = trust.issuer().orElse("http://127.0.0.1:" + port);
    mint =
        trust
            .keys()
            .map(keys -> here(trust, keys))
            .orElseGet(
                () -> trust.issuer().<Mint>map(Mint.Elsewhere::new).orElseGet(Mint.Nowhere::new));
  }

  private Mint here(Trust trust, TokenKeys keys) {
    Minting.Terms terms =
        new Minting.Terms(
            issuer, Map.of(TokenKind.CONVEX, CONVEX, TokenKind.SYNC, SYNC), trust.guests());
    Allowance allowance = new Allowance(trust.perMinute(), clock);
    return new Mint.Here(
        issuer, keys, new Minting(terms, keys, revocations(), allowance, clock, ids));
  }

  private Revocations revocations() {
    return PortProxy.of(
        Revocations.class,
        store.revocations(),
        (_, arguments, honest) -> {
          if (away) {
            throw new StoreUnavailable("away", new IOException("reset"));
          }
          return honest.call(arguments);
        });
  }

  /// From now on nobody can tell what is revoked.
  void away() {
    away = true;
  }

  List<Route> routes() {
    List<Route> all = new ArrayList<>();
    all.addAll(
        new MintingTokens(mint, (kind, outcome) -> heard.add(kind + " " + outcome)).routes());
    all.addAll(new PublishingKeys(mint).routes());
    all.addAll(new RevokingTokens(store.revocations(), store.audit(), clock).routes());
    all.addAll(new IntrospectingTokens(verifier()).routes());
    return all;
  }

  private TokenVerifier verifier() {
    return mint instanceof Mint.Here(_, TokenKeys keys, _)
        ? new VerifiedTokens(
            Map.of(
                TokenKind.CONVEX, tokens(keys, CONVEX),
                TokenKind.SYNC, tokens(keys, SYNC)),
            store.revocations())
        : (_, _) -> new TokenVerdict.Bad(TokenVerdict.Reason.UNKNOWN_KEY);
  }

  private IdentityTokens tokens(TokenKeys keys, String audience) {
    return new IdentityTokens(
        new TrustedIssuer(new IssuerAddress(issuer), audience),
        IssuerKeys.of(keys.published()),
        clock);
  }

  String issuer() {
    return issuer;
  }

  /// A token with which the runtime itself writes.
  String writer() {
    TokenSigner signer = mint instanceof Mint.Here(_, TokenKeys keys, _) ? keys : Trust.KEYS;
    return new WriterTokens(issuer, "openagents-convex-writer", signer, clock, ids).get();
  }

  /// What became of each wish: kind and outcome.
  List<String> heard() {
    return List.copyOf(heard);
  }
}
