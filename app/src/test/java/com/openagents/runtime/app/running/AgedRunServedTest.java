package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.http.client.SseEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.seal.Report.Intact;
import com.openagents.runtime.seal.Verify;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running service lets old pieces go by itself, and serves what is left as one whole.
@Tag("G6")
class AgedRunServedTest {

  private static final RunId RUN = RunId.parse("0190a0c0-0000-7000-8000-0000000000a9");
  private static final String PATH = "/internal/v1/runs/" + RUN;
  private static final String TEXT = "every word of this goes in pieces and comes back whole";

  @Test
  void a_run_whose_pieces_aged_out_is_streamed_exported_and_verified(@TempDir Path folder)
      throws IOException {
    try (var service = RunningService.in(folder, Map.of("OA_DELTA_RETENTION", "1s"))) {
      service.start(
          RunningService.request(RUN, "echo")
              .put("firstFrame", RunningService.frame("f-1", TEXT))
              .build());
      service.awaitStatus(RUN, "completed");
      RunningService.await(() ->
          service
              .sql("select count(*) from runtime.events where type = 'message.delta'")
              .equals(List.of("0")));

      assertThat(service.client().run(RUN).body().get("floor"))
          .isInstanceOf(Json.Num.class)
          .isNotEqualTo(Json.of(0));
      List<Json.Obj> events = shown(service, "events");
      assertThat(texts(events, "message.delta")).isEqualTo(texts(events, "message.completed"));
      assertThat(texts(events, "message.delta")).singleElement().asString().contains(TEXT);
      assertThat(shown(service, "ai-sdk").stream().filter(c -> is(c, "text-delta")))
          .singleElement()
          .satisfies(c -> assertThat(String.valueOf(c.get("delta"))).contains(TEXT));
      assertVerifies(service);
    }
  }

  private static List<Json.Obj> shown(RunningService service, String format) {
    return RunningService.read(service.address(), RUN, format).stream()
        .map(SseEvent::data)
        .filter(data -> data != null && data.startsWith("{"))
        .map(data -> (Json.Obj) JsonReader.read(data, JsonLimits.STORED))
        .toList();
  }

  private static boolean is(Json.Obj shown, String type) {
    return Json.of(type).equals(shown.get("type"));
  }

  private static List<Json> texts(List<Json.Obj> events, String type) {
    return events.stream()
        .filter(event -> is(event, type))
        .map(event -> event.get("payload") instanceof Json.Obj payload ? payload : Json.Obj.EMPTY)
        .flatMap(payload -> Stream.ofNullable(payload.get("text")))
        .toList();
  }

  private static void assertVerifies(RunningService service) throws IOException {
    Set<String> keys = new HashSet<>();
    if (service.client().get("/internal/v1/seal-keys").body().get("keys")
        instanceof Json.Arr(List<Json> known)) {
      known.forEach(key -> keys.add(((Json.Str) key).value()));
    }
    try (InputStream bundle = service.client().download(PATH + "/export").body()) {
      assertThat(Verify.bundle(bundle, keys))
          .isInstanceOfSatisfying(
              Intact.class,
              intact -> {
                assertThat(intact.trusted()).isTrue();
                assertThat(intact.aged()).isNotEmpty();
              });
    }
  }
}
