package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Text that means something to a database, a shell or a page is text, in every key and value.
@Tag("scenario-29")
class HostileTextTest {

  private static int next = 1;
  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
    service.client().post("/internal/v1/runs", Started.idle(0));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'", "' or '1'='1", "'; drop table runtime.runs; --", "\") union select 1 --", "$1", "%s",
        "${jndi:ldap://x}", "../../etc/passwd", "<script>alert(1)</script>", "a->>'b'", "\\", "{}"
      })
  void it_is_refused_or_kept_as_it_is(String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    Client client = service.client();

    for (String target :
        new String[] {
          "/internal/v1/runs?" + encoded + "=1",
          "/internal/v1/runs?status=" + encoded,
          "/internal/v1/runs?before=" + encoded,
          "/internal/v1/runs?limit=" + encoded,
          Started.path(0) + "/events?after=" + encoded,
          Started.path(0) + "/stream?cursor=" + encoded,
          Started.path(0) + "/stream?format=" + encoded
        }) {
      assertThat(client.get(target).refusal()).as(target).isEqualTo("400 invalid_request");
    }
    boolean name = text.matches("[!-~]{1,128}");
    for (String key : List.of("threadId", "agent")) {
      Reply runs = client.get("/internal/v1/runs?" + key + "=" + encoded);
      if (name) {
        assertThat(runs.at("runs")).as(key).isEqualTo(Json.array(List.of()));
      } else {
        assertThat(runs.refusal()).as(key).isEqualTo("400 invalid_request");
        assertThat(runs.paths()).containsExactly(key);
      }
    }
    assertThat(client.get("/internal/v1/threads/" + encoded + "/state").refusal())
        .isEqualTo(name && !text.equals("\\") ? "404 not_found" : "400 invalid_request");
    assertThat(client.with("Last-Event-ID", text).get(Started.path(0) + "/stream").refusal())
        .isEqualTo("400 invalid_request");
    kept(client, text);
  }

  private static void kept(Client client, String text) {
    int number = next++;
    Json.Obj payload = Json.object().put("text", text).put(text, text).build();
    Json.Obj frame =
        Json.object()
            .put("frameId", "f" + number)
            .put("type", "note")
            .put("payload", payload)
            .build();
    Json.Obj start =
        Json.object()
            .put("runId", Started.runId(number).toString())
            .put("threadId", "hostile-" + number)
            .put("userId", 1)
            .put("toolPolicy", Json.Obj.EMPTY)
            .put("lifecycle", "session")
            .put("metadata", Json.object().put(text, text).build())
            .put("firstFrame", frame)
            .build();

    assertThat(client.post("/internal/v1/runs", CanonicalJson.write(start)).status())
        .isEqualTo(202);
    Reply events = client.get(Started.path(number) + "/events?limit=2");
    assertThat(events.at("events", 0, "payload", "spec", "metadata", text))
        .isEqualTo(Json.of(text));
    assertThat(events.at("events", 1, "payload", "payload")).isEqualTo(payload);
  }
}
