package com.openagents.runtime.http.token;

import static com.openagents.runtime.http.exchange.ProblemCode.OVERLOADED;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Exchange;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Reply;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.exchange.Route.Method;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.token.Revocation;
import com.openagents.runtime.token.Revocations;
import com.openagents.runtime.token.Revoked;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The calls with which operators take tokens back. Each leaves a trace in the audit.
public final class RevokingTokens {

  private static final String PATH = "/internal/v1/token-revocations";
  private static final int LIST_MAX = 200;
  private static final int LIST_USUAL = 50;
  private static final Schema KIND = Schema.words(List.of("subject", "token"));

  private static final Schema REVOCATION =
      Schema.object("TokenRevocation")
          .field("kind", KIND)
          .field("name", Schema.TEXT)
          .field("until", Schema.TIME)
          .closed();

  private static final Schema LIST =
      Schema.object("TokenRevocationList").field("revocations", Schema.listOf(REVOCATION)).closed();

  private static final Schema LIFTED =
      Schema.object("LiftedRevocation")
          .field("kind", KIND)
          .field("name", Schema.TEXT)
          .field("lifted", Schema.FLAG)
          .closed();

  private final Revocations revocations;
  private final Audit audit;
  private final InstantSource clock;

  public RevokingTokens(Revocations revocations, Audit audit, InstantSource clock) {
    this.revocations = revocations;
    this.audit = audit;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        change(
            PATH,
            "revokeTokens",
            "Revoke one token, or every token of a subject, which then gets no others.",
            RevokeTokensRequest.class,
            Reply.json(200, "It is revoked, so long.", REVOCATION),
            this::revoke),
        change(
            PATH + "/lift",
            "liftRevocation",
            "End a revocation early.",
            LiftRevocationRequest.class,
            Reply.json(200, "There is none any more.", LIFTED),
            this::lift),
        new Route(
            Method.GET,
            PATH,
            Guard.OPERATOR,
            new Contract(
                "listRevocations",
                "What is revoked now, the longest first.",
                List.of(Parameter.limit(LIST_MAX, LIST_USUAL)),
                null,
                List.of(Reply.json(200, "As asked.", LIST)),
                Set.of()),
            this::list));
  }

  private static Route change(
      String path,
      String operationId,
      String summary,
      Class<? extends Record> body,
      Reply reply,
      Route.Operation operation) {
    return new Route(
        Method.POST,
        path,
        Guard.OPERATOR,
        new Contract(
            operationId,
            summary,
            List.of(),
            new JsonBody(body, true),
            List.of(reply),
            Set.of(OVERLOADED)),
        operation);
  }

  private Answer revoke(Exchange exchange) {
    RevokeTokensRequest body = exchange.body(RevokeTokensRequest.class);
    Revoked what = RevokedNames.of(body.kind(), body.name());
    long seconds = body.forSeconds() == null ? Words.REVOKED_MIN : body.forSeconds();
    Instant asked = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds);
    Revocation now = new Revocation(what, revocations.revoke(what, asked));
    record(exchange, "token.revoke", what, body.reason(), until(now));
    return Answer.ok(json(now));
  }

  private Answer lift(Exchange exchange) {
    LiftRevocationRequest body = exchange.body(LiftRevocationRequest.class);
    Revoked what = RevokedNames.of(body.kind(), body.name());
    Optional<Revocation> ended = revocations.lift(what);
    record(exchange, "token.lift", what, body.reason(), null);
    return Answer.ok(
        Json.object()
            .put("kind", RevokedNames.kind(what))
            .put("name", RevokedNames.name(what))
            .put("lifted", ended.isPresent())
            .build());
  }

  private Answer list(Exchange exchange) {
    int limit = (int) exchange.query().number("limit", 1, LIST_MAX, LIST_USUAL);
    List<Json.Obj> items = revocations.list(limit).stream().map(RevokingTokens::json).toList();
    return Answer.ok(Json.object().put("revocations", Json.array(items)).build());
  }

  private void record(
      Exchange exchange, String action, Revoked what, @Nullable String reason, @Nullable Json now) {
    String subject = RevokedNames.kind(what) + ":" + RevokedNames.name(what);
    audit.record(new Audit.Entry(exchange.caller().actor(), action, subject, reason, null, now));
  }

  private static Json until(Revocation revocation) {
    return Json.object().put("until", revocation.until()).build();
  }

  private static Json.Obj json(Revocation revocation) {
    return Json.object()
        .put("kind", RevokedNames.kind(revocation.what()))
        .put("name", RevokedNames.name(revocation.what()))
        .put("until", revocation.until())
        .build();
  }
}
