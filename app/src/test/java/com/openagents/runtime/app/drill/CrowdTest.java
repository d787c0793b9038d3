package com.openagents.runtime.app.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.client.TokenFile;
import com.openagents.runtime.identity.Principal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Customers and readers who cannot go on are missed.
class CrowdTest {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Credentials UNSIGNED = Credentials.unsigned(new Principal.User(1));

  private final NodeDouble node;
  private final Queue<Breach> breaches = new ConcurrentLinkedQueue<>();

  CrowdTest() throws IOException {
    node = new NodeDouble();
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Callers callers(Credentials credentials) {
    return new Callers(
        List.of(new RuntimeClient(node.address(), credentials)),
        Answers.documentedBy(NodeDouble.openapi()));
  }

  @Test
  void a_reader_who_cannot_go_on_is_a_breach_that_names_its_run() throws Exception {
    node.stream(200, "id: one\ndata: {}\n\ndata: [DONE]\n\n");
    Crowd crowd = Crowd.gather(callers(UNSIGNED), 1, 7, breaches::add);
    node.awaitStreams(1);
    crowd.lastRuns();
    assertThat(crowd.awaitQuiet(LONGEST)).isTrue();
    assertThat(crowd.unread()).isNotEmpty();
    assertThat(breaches)
        .isNotEmpty()
        .allSatisfy(breach -> {
          assertThat(breach.law()).isEqualTo(Law.SEEN_THROUGH);
          assertThat(breach.where())
              .isIn(crowd.runs().stream().map(run -> run.runId().toString()).toList());
          assertThat(breach.what()).contains("NumberFormatException");
        });
  }

  @Test
  void an_internal_error_in_place_of_a_stream_is_noted() throws Exception {
    node.streamFirst(500, "{}");
    Callers callers = callers(UNSIGNED);
    Crowd crowd = Crowd.gather(callers, 1, 7, breaches::add);
    node.awaitStreams(2);
    crowd.lastRuns();
    assertThat(crowd.awaitQuiet(LONGEST)).isTrue();
    assertThat(crowd.unread()).isEmpty();
    assertThat(callers.answers().breaches())
        .singleElement()
        .satisfies(breach -> {
          assertThat(breach.law()).isEqualTo(Law.TYPED_ANSWERS);
          assertThat(breach.what()).contains("STREAM", "500");
        });
  }

  @Test
  void a_customer_who_cannot_go_on_is_a_breach() {
    TokenFile none = new TokenFile(Path.of("no", "such", "token"));
    Callers callers = callers(new Credentials(null, new Principal.User(1), Set.of(), none));
    Crowd crowd = Crowd.gather(callers, 2, 7, breaches::add);
    assertThat(crowd.awaitQuiet(LONGEST)).isTrue();
    assertThat(breaches)
        .hasSize(2)
        .allSatisfy(breach -> {
          assertThat(breach.law()).isEqualTo(Law.SEEN_THROUGH);
          assertThat(breach.toString()).contains("customers", "token");
        });
  }
}
