package com.openagents.runtime.http.token;

import static com.openagents.runtime.http.exchange.ProblemCode.FORBIDDEN;
import static com.openagents.runtime.http.exchange.ProblemCode.NOT_CONFIGURED;
import static com.openagents.runtime.http.exchange.ProblemCode.OVERLOADED;
import static com.openagents.runtime.http.exchange.ProblemCode.RATE_LIMITED;

import com.openagents.runtime.access.Membership;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.token.TokenWatch.Outcome;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.token.Minted;
import com.openagents.runtime.token.Minted.Issued;
import com.openagents.runtime.token.Minted.Reason;
import com.openagents.runtime.token.Minted.Refused;
import com.openagents.runtime.token.Minted.TooMany;
import com.openagents.runtime.token.Minting;
import com.openagents.runtime.token.Scope;
import com.openagents.runtime.token.TokenKind;
import com.openagents.runtime.token.Wish;
import com.openagents.runtime.token.Wish.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The calls with which clients get short-lived tokens for their sessions. No other subject than
/// the session's can be asked for.
public final class MintingTokens {

  private final Mint mint;
  private final TokenWatch watch;

  public MintingTokens(Mint mint, TokenWatch watch) {
    this.mint = mint;
    this.watch = watch;
  }

  public List<Route> routes() {
    return List.of(
        route(
            "/api/convex/token",
            "mintConvexToken",
            "A token with which a client reads its own documents in Convex.",
            ConvexTokenRequest.class,
            Reply.json(200, "The token.", TokenForms.CONVEX),
            this::convex),
        route(
            "/api/sync/token",
            "mintSyncToken",
            "A token with which a client reads its own documents of the sync lane.",
            SyncTokenRequest.class,
            Reply.json(200, "The token.", TokenForms.SYNC),
            this::sync));
  }

  private static Route route(
      String path,
      String operationId,
      String summary,
      Class<? extends Record> body,
      Reply reply,
      Route.Operation operation) {
    return new Route(
        Method.POST,
        path,
        Guard.SESSION,
        new Contract(
            operationId,
            summary,
            List.of(),
            new JsonBody(body, false),
            List.of(reply),
            Set.of(FORBIDDEN, RATE_LIMITED, NOT_CONFIGURED, OVERLOADED)),
        operation);
  }

  private Answer convex(Exchange exchange) {
    ConvexTokenRequest body = exchange.bodyIfAny(ConvexTokenRequest.class);
    Wish wish =
        body == null
            ? wish(exchange, TokenKind.CONVEX, null, new Asked(null, null), null)
            : wish(
                exchange,
                TokenKind.CONVEX,
                body.scope(),
                new Asked(body.workspaceId(), body.role()),
                body.ttlSeconds());
    return Answer.ok(TokenForms.convex(issued(wish)));
  }

  private Answer sync(Exchange exchange) {
    SyncTokenRequest body = exchange.bodyIfAny(SyncTokenRequest.class);
    Wish wish =
        body == null
            ? wish(exchange, TokenKind.SYNC, null, new Asked(null, null), null)
            : wish(
                exchange,
                TokenKind.SYNC,
                body.scopes(),
                new Asked(body.workspaceId(), body.role()),
                body.ttlSeconds());
    return Answer.ok(TokenForms.sync(issued(wish)));
  }

  private static Wish wish(
      Exchange exchange,
      TokenKind kind,
      @Nullable List<String> scopes,
      Asked asked,
      @Nullable Long ttlSeconds) {
    Membership proven = exchange.caller().membership();
    return new Wish(
        kind,
        exchange.principal(),
        proven,
        asked,
        scopes == null ? Set.of() : Scope.all(scopes),
        ttlSeconds == null ? Wish.LIFE : Duration.ofSeconds(ttlSeconds));
  }

  private Issued issued(Wish wish) {
    return switch (minted(wish)) {
      case Issued issued -> {
        watch.asked(wish.kind(), Outcome.ISSUED);
        yield issued;
      }
      case Refused(Reason why) -> {
        watch.asked(wish.kind(), outcome(why));
        throw new Problem(FORBIDDEN, why.message());
      }
      case TooMany(Duration pause) -> {
        watch.asked(wish.kind(), Outcome.RATE_LIMITED);
        throw new Problem(RATE_LIMITED, "There were many tokens for this subject: wait a little.")
            .retryAfter(pause.plusSeconds(1));
      }
    };
  }

  private Minted minted(Wish wish) {
    return switch (mint) {
      case Mint.Here(_, _, Minting minting) -> minted(minting, wish);
      case Mint.Elsewhere _, Mint.Nowhere _ -> {
        watch.asked(wish.kind(), Outcome.NOT_CONFIGURED);
        throw notHere(mint);
      }
    };
  }

  private Minted minted(Minting minting, Wish wish) {
    try {
      return minting.mint(wish);
    } catch (StoreUnavailable away) {
      watch.asked(wish.kind(), Outcome.OVERLOADED);
      throw away;
    }
  }

  /// Says who mints, or what to set.
  static Problem notHere(Mint mint) {
    return new Problem(
        NOT_CONFIGURED,
        mint instanceof Mint.Elsewhere(String issuer)
            ? "Tokens are minted by " + issuer + ": ask there."
            : "This service has no keys to sign tokens with: its operator sets OA_TOKEN_KEYS.");
  }

  private static Outcome outcome(Reason why) {
    return switch (why) {
      case GUEST -> Outcome.GUEST;
      case NOT_A_MEMBER -> Outcome.NOT_A_MEMBER;
      case REVOKED -> Outcome.REVOKED;
    };
  }
}
