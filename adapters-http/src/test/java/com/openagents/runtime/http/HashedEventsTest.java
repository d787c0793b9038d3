package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Events are given with the hashes that the run's export has.
class HashedEventsTest {

  private static final String EVENTS = Started.path(1) + "/events";

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED);
    service.client().post("/internal/v1/runs", Started.echo(1, "one two three"));
    Streams.readToTheEnd(service.client(), Started.path(1) + "/stream");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void pages_of_hashed_events_are_the_lines_of_the_export() {
    List<String> exported =
        service.client().get(Started.path(1) + "/export").text().lines().skip(2).toList();
    List<String> paged = new ArrayList<>();
    Json.Arr page;
    do {
      Reply reply = service.client().get(EVENTS + "?hashes=true&limit=3&after=" + paged.size());
      page = (Json.Arr) reply.at("events");
      page.items().forEach(event -> paged.add(line((Json.Obj) event)));
    } while (!page.items().isEmpty());

    assertThat(paged).isEqualTo(exported);
  }

  /// The line of the bundle that an event with its hash stands for.
  private static String line(Json.Obj event) {
    Map<String, Json> fields = new LinkedHashMap<>(event.fields());
    Json hash = Objects.requireNonNull(fields.remove("hash"));
    return "{\"event\":"
        + CanonicalJson.write(new Json.Obj(fields))
        + ",\"hash\":"
        + CanonicalJson.write(hash)
        + "}";
  }

  @Test
  void without_asking_there_are_none() {
    assertThat(service.client().get(EVENTS).text()).doesNotContain("\"hash\":");
    assertThat(service.client().get(EVENTS + "?hashes=false").text()).doesNotContain("\"hash\":");
  }
}
