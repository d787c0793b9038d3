package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Operators take tokens back, and the audit says so.
class RevocationCallsTest {

  private static final String REVOCATIONS = "/internal/v1/token-revocations";
  private static final String SUBJECT = "{\"kind\":\"subject\",\"name\":\"user:1\"%s}";

  private final Service service = new Service(Service.Settings.SIGNED);
  private final Client operator = service.client().as(null).operator();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void a_subject_is_revoked_for_as_long_as_tokens_live_unless_it_is_said_otherwise() {
    Reply reply = operator.post(REVOCATIONS, SUBJECT.formatted(""));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.string("kind")).isEqualTo("subject");
    assertThat(reply.string("name")).isEqualTo("user:1");
    Duration lasts =
        Duration.between(service.clock().instant(), Instant.parse(reply.string("until")));
    assertThat(lasts).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
    assertThat(service.client().post("/api/sync/token", "{}").refusal()).isEqualTo("403 forbidden");
    String longer = SUBJECT.formatted(",\"forSeconds\":86400");
    assertThat(Instant.parse(operator.post(REVOCATIONS, longer).string("until")))
        .isAfter(Instant.parse(reply.string("until")).plus(Duration.ofHours(23)));
  }

  @Test
  void a_revocation_is_listed_and_lifted() {
    operator.post(REVOCATIONS, "{\"kind\":\"token\",\"name\":\"j-1\"}");

    assertThat(operator.get(REVOCATIONS).string("revocations", 0, "kind")).isEqualTo("token");
    assertThat(operator.get(REVOCATIONS).string("revocations", 0, "name")).isEqualTo("j-1");
    String lift = "{\"kind\":\"token\",\"name\":\"j-1\",\"reason\":\"by mistake\"}";
    assertThat(operator.post(REVOCATIONS + "/lift", lift).flag("lifted")).isTrue();
    assertThat(operator.post(REVOCATIONS + "/lift", lift).flag("lifted")).isFalse();
    assertThat(operator.get(REVOCATIONS).at("revocations")).isEqualTo(Json.array(List.of()));
  }

  @Test
  void both_leave_a_trace() {
    operator.post(REVOCATIONS, SUBJECT.formatted(",\"reason\":\"stolen\""));
    operator.post(REVOCATIONS + "/lift", SUBJECT.formatted(",\"reason\":\"found\""));
    Reply audit = operator.get("/internal/v1/audit");

    assertThat(audit.string("entries", 1, "action")).isEqualTo("token.revoke");
    assertThat(audit.string("entries", 1, "subject")).isEqualTo("subject:user:1");
    assertThat(audit.string("entries", 1, "actor")).isEqualTo("operator:k1");
    assertThat(audit.string("entries", 1, "reason")).isEqualTo("stolen");
    assertThat(audit.string("entries", 1, "after", "until")).isNotEmpty();
    assertThat(audit.string("entries", 0, "action")).isEqualTo("token.lift");
    assertThat(audit.string("entries", 0, "reason")).isEqualTo("found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'subject','name':'service:projector'}      | 422 unprocessable   | /name",
        "{'kind':'subject','name':'user:x'}                 | 422 unprocessable   | /name",
        "{'kind':'subject','name':'7'}                      | 422 unprocessable   | /name",
        "{'kind':'token','name':''}                         | 422 unprocessable   | /name",
        "{'kind':'everything','name':'x'}                   | 422 unprocessable   | /kind",
        "{'kind':'token','name':'x','forSeconds':899}       | 422 unprocessable   | /forSeconds",
        "{'kind':'token','name':'x','forSeconds':31536001}  | 422 unprocessable   | /forSeconds",
        "{'kind':'token'}                                   | 400 invalid_request | /name"
      })
  void what_names_no_token_is_refused(String body, String refusal, String place) {
    Reply reply = operator.post(REVOCATIONS, body.replace('\'', '"'));

    assertThat(reply.refusal()).isEqualTo(refusal);
    assertThat(reply.paths()).containsExactly(place);
  }

  @Test
  void only_operators_may() {
    assertThat(service.client().post(REVOCATIONS, SUBJECT.formatted("")).refusal())
        .isEqualTo("403 forbidden");
    assertThat(service.client().get(REVOCATIONS).refusal()).isEqualTo("403 forbidden");
  }
}
