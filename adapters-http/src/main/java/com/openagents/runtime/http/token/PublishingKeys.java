package com.openagents.runtime.http.token;

import static com.openagents.runtime.http.exchange.ProblemCode.NOT_CONFIGURED;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.schema.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The documents by which others verify tokens.
public final class PublishingKeys {

  private static final String KEYS = "/.well-known/jwks.json";

  /// A key is published at least this long before it signs; see the steps of a rotation.
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  private final Mint mint;

  public PublishingKeys(Mint mint) {
    this.mint = mint;
  }

  public List<Route> routes() {
    return List.of(
        route(KEYS, "tokenKeys", "The public keys of tokens, as a JWK set.", PublishingKeys::keys),
        route(
            "/.well-known/openid-configuration",
            "tokenIssuer",
            "Who issues tokens, and where the keys are.",
            PublishingKeys::discovery));
  }

  private Route route(
      String path, String operationId, String summary, Function<Mint.Here, Json> document) {
    return new Route(
        Method.GET,
        path,
        Guard.PUBLIC,
        new Contract(
            operationId,
            summary,
            List.of(),
            null,
            List.of(Reply.json(200, "As asked.", Schema.FREE)),
            Set.of(NOT_CONFIGURED)),
        _ -> {
          if (mint instanceof Mint.Here here) {
            return new Answer.Published(document.apply(here), MAX_AGE);
          }
          throw MintingTokens.notHere(mint);
        });
  }

  private static Json keys(Mint.Here here) {
    return Json.object().put("keys", Json.array(here.keys().published())).build();
  }

  private static Json discovery(Mint.Here here) {
    String base = here.issuer().replaceAll("/$", "");
    return Json.object()
        .put("issuer", here.issuer())
        .put("jwks_uri", base + KEYS)
        .put("id_token_signing_alg_values_supported", texts(here.keys().algorithms()))
        .put("response_types_supported", texts(List.of("id_token")))
        .put("subject_types_supported", texts(List.of("public")))
        .build();
  }

  private static Json texts(List<String> texts) {
    return Json.array(texts.stream().map(Json::of).toList());
  }
}
