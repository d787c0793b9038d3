package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.http.oidc.TestKey;
import com.openagents.runtime.http.oidc.TestToken;
import com.openagents.runtime.http.token.IntrospectTokenRequest;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.token.TokenKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Credentials and line breaks of callers reach no log, no event and no answer.
@Tag("G15")
@Tag("scenario-30")
class SecretsStayOutTest {

  private static final String CANARY = "canary-7f3a91";

  private final Logged logged = new Logged();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("com.openagents");
  private Service service = new Service(Service.Settings.SIGNED);

  /// What anybody logs, libraries from warnings on, while a service may be at it still.
  private static final class Logged extends AppenderBase<ILoggingEvent> {
    private final ConcurrentLinkedDeque<ILoggingEvent> lines = new ConcurrentLinkedDeque<>();

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event);
    }
  }

  @BeforeEach
  void listen() {
    ours.setLevel(Level.DEBUG);
    logged.start();
    root.addAppender(logged);
  }

  @AfterEach
  void stop() {
    root.detachAppender(logged);
    ours.setLevel(null);
    service.close();
  }

  @Test
  void a_credential_is_in_no_answer_and_no_log() {
    Client client = service.client();
    Reply[] replies = {
      client.with(Signer.HEADER, CANARY).get("/internal/v1/runs"),
      client.with(Signer.HEADER, "v1." + CANARY + "." + "x".repeat(43)).get("/internal/v1/runs"),
      client.with("Authorization", "Bearer " + CANARY).get("/internal/v1/nothing"),
      client.with("Cookie", CANARY).post("/internal/v1/runs", "{")
    };

    for (Reply reply : replies) {
      assertThat(reply.status()).isBetween(400, 499);
      assertThat(reply.text() + reply.response().headers().map()).doesNotContain(CANARY);
    }
    assertThat(logged.lines).extracting(SecretsStayOutTest::rendered).noneMatch(this::tells);
  }

  @Test
  void an_identity_token_is_in_no_answer_no_event_and_no_log() {
    try (Identified identified = new Identified()) {
      TestToken token = identified.token().claim("jti", "\"" + CANARY + "\"");
      String secret = token.claimsPart();
      String forged = token.by(TestKey.rsa("r1")).text();
      Client good = identified.client(token.text());
      good.post("/internal/v1/runs", Started.echo(1, "x"));
      Streams.readToTheEnd(good, Started.path(1) + "/stream");
      Reply[] replies = {
        good.get(Started.path(1) + "/events"),
        good.operator().get("/internal/v1/audit"),
        identified.client(forged).get(Started.path(1)),
        identified.client(CANARY).get(Started.path(1))
      };

      for (Reply reply : replies) {
        assertThat(reply.text() + reply.response().headers().map()).doesNotContain(CANARY, secret);
      }
      assertThat(logged.lines)
          .extracting(SecretsStayOutTest::rendered)
          .noneMatch(line -> tells(line) || line.contains(secret));
    }
  }

  @Test
  void a_token_for_a_client_is_in_no_other_answer_and_no_log() {
    Client operator = service.client().as(null).operator();
    String body = "{\"kind\":\"%s\",\"token\":\"%s\"}";
    for (String kind : List.of("convex", "sync")) {
      String path = "/api/" + kind + "/token";
      String token = service.client().post(path, "{}").string("token");
      String secret = token.substring(token.lastIndexOf('.') + 1);
      Reply[] replies = {
        operator.post("/internal/v1/tokens/introspect", body.formatted(kind, token)),
        operator.post("/internal/v1/tokens/introspect", body.formatted("x", token)),
        operator.post("/internal/v1/token-revocations", body.formatted("token", token)),
        service.unsigned().with("Authorization", "Bearer " + token).post(path, "{}"),
        operator.get("/internal/v1/audit")
      };

      for (Reply reply : replies) {
        assertThat(reply.text() + reply.response().headers().map()).doesNotContain(secret);
      }
      assertThat(new IntrospectTokenRequest(TokenKind.SYNC, token).toString())
          .doesNotContain(secret);
      assertThat(logged.lines)
          .extracting(SecretsStayOutTest::rendered)
          .noneMatch(line -> line.contains(secret));
    }
  }

  @Test
  void an_accepted_credential_is_in_no_event() {
    service.client().with("Authorization", CANARY).post("/internal/v1/runs", Started.echo(1, "x"));
    Streams.readToTheEnd(service.client(), Started.path(1) + "/stream");

    assertThat(service.client().get(Started.path(1) + "/events").text()).doesNotContain(CANARY);
    assertThat(logged.lines).extracting(SecretsStayOutTest::rendered).noneMatch(this::tells);
  }

  @Test
  void a_failure_is_logged_without_the_credentials_of_its_call() {
    service.close();
    service =
        new Service(
            Service.Settings.SIGNED.failing(
                log -> FailingLog.of(log, new IllegalStateException("no disk"))));

    Client client = service.client().with("Authorization", CANARY).with("Cookie", CANARY);
    assertThat(client.get(Started.path(1)).refusal()).isEqualTo("500 internal_error");
    assertThat(logged.lines)
        .extracting(SecretsStayOutTest::rendered)
        .anyMatch(line -> line.contains("no disk"))
        .noneMatch(line -> tells(line) || line.contains("v1."));
  }

  @Test
  void a_failure_inside_tells_nothing_of_the_inside() {
    service.close();
    service =
        new Service(
            Service.Settings.SIGNED.failing(
                log -> FailingLog.of(log, new IllegalStateException("select " + CANARY))));
    Reply reply = service.client().get(Started.path(1));

    assertThat(reply.refusal()).isEqualTo("500 internal_error");
    assertThat(reply.text()).doesNotContain(CANARY, "Exception", "select", "com.openagents");
    assertThat(reply.string("error", "requestId")).isEqualTo(reply.header("X-Request-Id"));
  }

  @Test
  void a_store_that_is_away_is_no_failure_of_the_service() {
    service.close();
    service =
        new Service(
            Service.Settings.SIGNED.failing(log ->
                FailingLog.of(
                    log, new StoreUnavailable("jdbc:" + CANARY, new IOException("reset")))));
    Reply reply = service.client().get(Started.path(1));

    assertThat(reply.refusal()).isEqualTo("503 overloaded");
    assertThat(reply.header("Retry-After")).isEqualTo("1");
    assertThat(reply.text()).doesNotContain(CANARY);
  }

  @Test
  void line_breaks_of_a_caller_begin_no_line_of_a_log() {
    Reply reply =
        service
            .client()
            .with("X-Request-Id", "ok-1")
            .with("traceparent", "00-<forged>-x-01")
            .post("/internal/v1/runs", Started.echo(2, "a\\nERROR forged\\u2028\\u001b[31m"));

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.header("X-Request-Id")).isEqualTo("ok-1");
    assertThat(reply.header("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertThat(logged.lines)
        .extracting(SecretsStayOutTest::rendered)
        .noneMatch(line -> line.contains("forged") || line.contains("\u001b"));
  }

  /// Everything of an event that a layout may print.
  private static String rendered(ILoggingEvent event) {
    return String.join(
        " ",
        event.getThreadName(),
        event.getLoggerName(),
        event.getFormattedMessage(),
        Arrays.toString(event.getArgumentArray()),
        event.getMDCPropertyMap().toString(),
        String.valueOf(event.getKeyValuePairs()),
        String.valueOf(event.getMarkerList()),
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  @Test
  void the_search_looks_at_all_that_may_be_printed() {
    try (var _ = MDC.putCloseable("mdc", "in-the-mdc")) {
      ours.atInfo()
          .addKeyValue("key", "in-a-value")
          .setCause(new IllegalStateException("outer", new IOException("in-a-cause")))
          .log("found {}", "in-the-message");
    }

    assertThat(logged.lines)
        .extracting(SecretsStayOutTest::rendered)
        .anySatisfy(line ->
            assertThat(line).contains("in-the-mdc", "in-a-value", "in-a-cause", "in-the-message"));
  }

  private boolean tells(String message) {
    return message.contains(CANARY);
  }
}
