package com.openagents.runtime.http.token;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.token.TokenClaims;
import com.openagents.runtime.token.TokenVerdict;
import com.openagents.runtime.token.TokenVerdict.Bad;
import com.openagents.runtime.token.TokenVerdict.Good;
import com.openagents.runtime.token.TokenVerdict.Reason;
import com.openagents.runtime.token.TokenVerifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The call with which operators ask whether a token is good, and what it says.
public final class IntrospectingTokens {

  private static final Schema FOUND =
      Schema.object("TokenIntrospection")
          .field("verdict", Schema.words(List.of("good", "bad")))
          .fieldIfAny(
              "reason", Schema.words(Stream.of(Reason.values()).map(Reason::wireName).toList()))
          .fieldIfAny("tokenId", Schema.TEXT)
          .fieldIfAny("subject", Schema.TEXT)
          .fieldIfAny("scopes", TokenForms.SCOPES)
          .fieldIfAny("issuedAt", Schema.TIME)
          .fieldIfAny("expiresAt", Schema.TIME)
          .fieldIfAny("workspaceId", Schema.TEXT)
          .fieldIfAny("role", TokenForms.ROLE)
          .closed();

  private final TokenVerifier verifier;

  public IntrospectingTokens(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  public List<Route> routes() {
    return List.of(
        new Route(
            Method.POST,
            "/internal/v1/tokens/introspect",
            Guard.OPERATOR,
            new Contract(
                "introspectToken",
                "Whether a client's token is good now, and what it says.",
                List.of(),
                new JsonBody(IntrospectTokenRequest.class, true),
                List.of(Reply.json(200, "What was found.", FOUND)),
                Set.of()),
            this::introspect));
  }

  private Answer introspect(Exchange exchange) {
    IntrospectTokenRequest body = exchange.body(IntrospectTokenRequest.class);
    return Answer.ok(json(verifier.verify(body.token(), body.kind())));
  }

  private static Json.Obj json(TokenVerdict verdict) {
    return switch (verdict) {
      case Bad(Reason why) ->
          Json.object().put("verdict", "bad").put("reason", why.wireName()).build();
      case Good(TokenClaims claims) ->
          TokenForms.membership(
                  claims,
                  Json.object()
                      .put("verdict", "good")
                      .put("tokenId", claims.id())
                      .put("subject", claims.subject())
                      .put("scopes", TokenForms.scopes(claims))
                      .put("issuedAt", claims.issuedAt())
                      .put("expiresAt", claims.expiresAt()))
              .build();
    };
  }
}
