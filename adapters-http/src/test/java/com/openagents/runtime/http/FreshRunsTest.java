package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The stream of a run that was begun a moment ago comes from what its node has at hand, and nobody
/// can tell.
class FreshRunsTest {

  private final Service service = new Service(Service.Settings.SIGNED);

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"events", "ai-sdk", "ag-ui"})
  @Tag("G6")
  void it_has_the_bytes_of_the_log(String format) {
    String stream = Started.path(1) + "/stream?format=" + format;
    service.client().post("/internal/v1/runs", Started.echo(1, "hello"));
    Reply fresh = service.client().get(stream);
    assertThat(fresh.status()).isEqualTo(200);
    assertThat(service.tails().ownerAtHand(Started.runId(1))).isPresent();
    Reply atHand = service.client().get(stream);

    service.tails().doubt();
    Reply read = service.client().get(stream);
    assertThat(fresh.text()).isEqualTo(read.text());
    assertThat(atHand.text()).isEqualTo(read.text());
  }

  @Test
  @Tag("G14")
  void it_is_absent_for_others() {
    service.client().post("/internal/v1/runs", Started.echo(1, "hello"));
    assertThat(service.tails().ownerAtHand(Started.runId(1))).isPresent();
    Client stranger = service.client().as(new Principal.User(2));
    assertThat(stranger.get(Started.path(1) + "/stream").refusal()).isEqualTo("404 not_found");
    assertThat(service.client().as(null).operator().get(Started.path(1) + "/stream").status())
        .isEqualTo(200);
  }
}
