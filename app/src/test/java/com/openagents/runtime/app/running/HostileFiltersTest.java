package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.identity.RunId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SQL in every key and in every value that selects runs, in front of PostgreSQL itself.
@Tag("scenario-29")
class HostileFiltersTest {

  private static final RunId RUN = new RunId(UUID.randomUUID());

  @TempDir private static Path folder = Path.of("");
  private static RunningService service;

  @BeforeAll
  static void somebody_elses_run_is_there() {
    service = RunningService.in(folder, Map.of());
    service.start(RunningService.request(RUN, "echo").put("lifecycle", "session").build());
    service.sql("update runtime.runs set owner = 'user:2'");
    service.sql("update runtime.threads set owner = 'user:2'");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'",
        "''",
        "' or '1'='1",
        "' or true --",
        "x' union select * from runtime.runs --",
        "'; drop table runtime.runs; --",
        "\\'; select pg_sleep(60); --",
        "$$",
        "$1",
        "?",
        "{0}",
        "%27 or 1=1",
        "\"",
        "owner->>'id'",
        "(select owner from runtime.runs limit 1)",
        "user:2",
        "\u02bc or 1=1",
        "\uff07 or \uff071\uff07=\uff071",
        "1; commit",
        "*",
        "%",
        "_"
      })
  void it_selects_nothing_of_anybody_and_breaks_nothing(String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    boolean name = text.matches("[!-~]{1,128}");
    for (String key : new String[] {"threadId", "agent"}) {
      assertSelects("/internal/v1/runs?" + key + "=" + encoded, name);
    }
    for (String key : new String[] {"status", "before", "limit"}) {
      assertSelects("/internal/v1/runs?" + key + "=" + encoded, false);
      assertSelects("/internal/v1/runs?" + key + "=" + encoded + "&threadId=t", false);
    }
    assertRefused("/internal/v1/runs?" + encoded + "=1", 400);
    assertRefused("/internal/v1/runs/" + encoded, 400);
    assertRefused("/internal/v1/threads/" + encoded + "/state", name ? 404 : 400);
    assertThat(service.sql("select owner from runtime.runs")).containsExactly("user:2");
  }

  /// @param understood whether the value may stand where it stands; nothing has it
  private static void assertSelects(String target, boolean understood) {
    if (understood) {
      Reply reply = service.client().get(target);
      assertThat(reply.status()).as(target).isEqualTo(200);
      assertThat(reply.body().get("runs")).as(target).isEqualTo(Json.array(List.of()));
    } else {
      assertRefused(target, 400);
    }
  }

  private static void assertRefused(String target, int status) {
    Reply reply = service.client().get(target);
    assertThat(reply.status()).as(target).isEqualTo(status);
    assertThat(((Json.Obj) Objects.requireNonNull(reply.body().get("error"))).get("code"))
        .as(target)
        .isEqualTo(Json.of(status == 404 ? "not_found" : "invalid_request"));
  }
}
