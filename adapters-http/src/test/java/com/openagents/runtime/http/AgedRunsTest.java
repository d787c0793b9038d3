package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A run whose deltas up to a floor have aged out says so to readers that stand below it.
class AgedRunsTest {

  private static final long FLOOR = 5;
  private static final String RUN = Started.path(1);

  private static Service service;

  @BeforeAll
  static void start() {
    service = new Service(Service.Settings.SIGNED.failing(log -> new AgedLog(log, FLOOR)));
    EventLog store = service.store().log();
    store.append(Drafts.start(Started.runId(1)));
    store.append(Drafts.deltas(Started.runId(1), Precondition.NONE, "a", "b", "c", "d", "e", "f"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"events", "ai-sdk", "ag-ui"})
  @Tag("scenario-15")
  void a_cursor_below_the_floor_is_stale_and_told_where_to_restart(String format) {
    for (long cursor = 1; cursor < FLOOR; cursor++) {
      Reply stale = service.client().get(RUN + "/stream?format=" + format + "&cursor=" + cursor);

      assertThat(stale.refusal()).isEqualTo("410 stale_cursor");
      assertThat(stale.number("error", "floor")).isEqualTo(FLOOR);
      assertThat(stale.number("error", "head")).isEqualTo(7);
      assertThat(stale.string("error", "restart")).isEqualTo(RUN + "/stream");
    }
  }

  @Test
  @Tag("scenario-15")
  void the_last_event_that_a_reader_names_in_the_header_is_judged_alike() {
    assertThat(service.client().with("Last-Event-ID", "2").get(RUN + "/stream").refusal())
        .isEqualTo("410 stale_cursor");
  }

  @Test
  void a_page_below_the_floor_shows_what_has_aged_as_a_range() {
    Reply page = service.client().get(RUN + "/events?after=1");

    assertThat(page.number("floor")).isEqualTo(FLOOR);
    assertThat(page.at("aged"))
        .isEqualTo(Json.array(List.of(Json.object().put("from", 2L).put("to", FLOOR).build())));
    assertThat(page.number("events", 0, "seq")).isEqualTo(FLOOR + 1);
  }

  @Test
  void hashes_are_not_made_up_for_what_has_aged() {
    assertThat(service.client().get(RUN + "/events?hashes=true&after=1").refusal())
        .isEqualTo("409 conflict");
  }
}
