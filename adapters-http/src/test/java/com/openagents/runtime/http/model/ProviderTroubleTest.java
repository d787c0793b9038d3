package com.openagents.runtime.http.model;

import static com.openagents.runtime.http.model.Calls.PATIENT;
import static com.openagents.runtime.http.model.Calls.answer;
import static com.openagents.runtime.http.model.Calls.endpoint;
import static com.openagents.runtime.http.model.Calls.patience;
import static com.openagents.runtime.http.model.ReplayedProvider.cutOffAfter;
import static com.openagents.runtime.http.model.ReplayedProvider.modelled;
import static com.openagents.runtime.http.model.ReplayedProvider.status;
import static com.openagents.runtime.http.model.ReplayedProvider.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.openagents.runtime.http.model.ReplayedProvider.Reply;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Failed;
import com.openagents.runtime.model.ModelStream.Polled;
import com.openagents.runtime.model.ModelStream.Text;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Providers that fail in every way known, and what a reader is told.
class ProviderTroubleTest {

  private static final String HELLO =
      "data: {\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}\n\n";
  private static final Reply GOOD = streamed(modelled("ollama"));

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void a_failure_is_named(String name, Reply reply, Failed expected) throws Exception {
    try (ReplayedProvider provider = new ReplayedProvider(reply)) {
      assertThat(answer(endpoint(provider, patience(Duration.ofMinutes(1), 1))).getLast())
          .isEqualTo(expected);
    }
  }

  static Stream<Arguments> a_failure_is_named() {
    return Stream.of(
        arguments("rate limit", status(429, "", ""), failed("rate_limited", "answered 429", true)),
        arguments(
            "out of quota",
            status(429, "", "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"Pay.\"}}"),
            failed("refused", "answered 429: Pay.", false)),
        arguments(
            "its own fault",
            status(500, "", "<html>oops</html>"),
            failed("unavailable", "answered 500", true)),
        arguments("gateway", status(504, "", ""), failed("timeout", "answered 504", true)),
        arguments(
            "unknown model",
            status(404, "", "{\"error\":{\"message\":\"no such\\nmodel \\u001b[31m\"}}"),
            failed("refused", "answered 404: no such model  [31m", false)),
        arguments(
            "wrong key, which the provider repeats",
            status(401, "", "{\"error\":{\"message\":\"Bad key " + Calls.KEY + "\"}}"),
            failed("refused", "answered 401", false)),
        arguments(
            "redirect",
            status(302, "Location: http://127.0.0.1:1/", ""),
            failed("refused", "answered 302", false)),
        arguments(
            "not a stream",
            status(200, "Content-Type: application/json", "{\"choices\":[]}"),
            failed("malformed", "answered without streaming", true)),
        arguments(
            "not JSON",
            streamed(HELLO + "data: {\"choices\":[\n\n"),
            failed("malformed", "sent what is not a chunk of JSON", true)),
        arguments(
            "a line without end",
            streamed("data: " + "x".repeat((1 << 20) + 1)),
            failed("malformed", "sent more than an answer has", true)),
        arguments(
            "connection lost",
            cutOffAfter(HELLO),
            failed("unavailable", "broke the answer off", true)),
        arguments(
            "clean end in mid-answer",
            streamed(HELLO),
            failed("unavailable", "broke the answer off", true)),
        arguments(
            "error in mid-stream",
            streamed(HELLO + "data: {\"error\":{\"code\":429,\"message\":\"Too many\"}}\n\n"),
            failed("rate_limited", "answered 429: Too many", true)),
        arguments(
            "error as finish",
            streamed(
                HELLO + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\n\n"),
            failed("unavailable", "broke the answer off", true)),
        arguments(
            "not HTTP",
            (Reply) out -> out.write("SSH-2.0-x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
            failed("unavailable", "broke the answer off", true)));
  }

  @Test
  void what_was_said_before_a_failure_is_told_first() throws Exception {
    try (ReplayedProvider provider = new ReplayedProvider(cutOffAfter(HELLO), GOOD)) {
      assertThat(answer(endpoint(provider, PATIENT)))
          .containsExactly(new Text("Hello"), failed("unavailable", "broke the answer off", true));
      assertThat(provider.requestsSoFar()).as("an answer is not begun twice").isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void before_the_first_word_it_is_asked_again(String name, Reply first) throws Exception {
    try (ReplayedProvider provider = new ReplayedProvider(first, status(503, "", ""), GOOD)) {
      assertThat(answer(endpoint(provider, PATIENT)).getLast()).isInstanceOf(Done.class);
      assertThat(provider.requestsSoFar()).isEqualTo(3);
    }
  }

  static Stream<Arguments> before_the_first_word_it_is_asked_again() {
    return Stream.of(
        arguments("rate limit", status(429, "Retry-After: 0", "")),
        arguments("connection lost", cutOffAfter(": wait\n\n")),
        arguments("connection closed", (Reply) out -> {}),
        arguments("malformed", streamed("data: what\n\n")));
  }

  @Test
  void attempts_are_limited() throws Exception {
    try (ReplayedProvider provider = new ReplayedProvider(status(503, "", ""))) {
      assertThat(answer(endpoint(provider, PATIENT)))
          .containsExactly(failed("unavailable", "answered 503", true));
      assertThat(provider.requestsSoFar()).isEqualTo(3);
    }
  }

  @Test
  void a_provider_that_asks_for_a_long_pause_is_not_asked_again() throws Exception {
    try (ReplayedProvider provider =
        new ReplayedProvider(status(429, "Retry-After: 3600", ""), GOOD)) {
      assertThat(answer(endpoint(provider, PATIENT)))
          .containsExactly(failed("rate_limited", "answered 429", true));
      assertThat(provider.requestsSoFar()).isEqualTo(1);
    }
  }

  @Test
  void silence_is_idleness() throws Exception {
    try (ReplayedProvider provider = new ReplayedProvider()) {
      provider.then(provider.silentAfter(HELLO));
      try (OpenAiModels models = new OpenAiModels(endpoint(provider, PATIENT));
          ModelStream stream = models.open(Calls.REQUEST)) {
        assertThat(Calls.firstOf(stream)).isEqualTo(new Text("Hello"));
        assertThat(stream.next(Duration.ZERO)).isEqualTo(ModelStream.IDLE);
        assertThat(stream.next(Duration.ofMillis(1))).isEqualTo(ModelStream.IDLE);
      }
    }
  }

  @Test
  void silence_for_too_long_is_a_timeout_and_hangs_up() throws Exception {
    try (ReplayedProvider provider = new ReplayedProvider()) {
      provider.then(provider.silentAfter(": nothing\n\n"));
      assertThat(answer(endpoint(provider, patience(Duration.ofMillis(200), 1))))
          .containsExactly(failed("timeout", "has been silent for too long", true));
      provider.awaitHangUp();
    }
  }

  @Test
  void closing_hangs_up() throws Exception {
    try (ReplayedProvider provider = new ReplayedProvider()) {
      provider.then(provider.silentAfter(HELLO));
      try (OpenAiModels models = new OpenAiModels(endpoint(provider, PATIENT))) {
        ModelStream stream = models.open(Calls.REQUEST);
        assertThat(Calls.firstOf(stream)).isEqualTo(new Text("Hello"));
        stream.close();
        provider.awaitHangUp();
        assertThat(stream.next(Duration.ofMinutes(1))).isInstanceOf(Failed.class);
      }
    }
  }

  @Test
  void closing_wakes_who_waits() throws Exception {
    try (ReplayedProvider provider = new ReplayedProvider()) {
      provider.then(provider.silentAfter(": nothing\n\n"));
      try (OpenAiModels models = new OpenAiModels(endpoint(provider, PATIENT))) {
        ModelStream stream = models.open(Calls.REQUEST);
        provider.takeRequest();
        Thread closing = Thread.ofVirtual().start(stream::close);
        Polled polled = stream.next(Duration.ofDays(1));
        assertThat(polled).isInstanceOf(Failed.class);
        closing.join();
      }
    }
  }

  @Test
  void nobody_listening_is_a_failure_and_no_exception() throws Exception {
    URI nobody;
    try (ReplayedProvider provider = new ReplayedProvider()) {
      nobody = provider.baseUrl();
    }
    assertThat(answer(new ChatEndpoint(nobody, null, "m", PATIENT)))
        .containsExactly(failed("unavailable", "cannot be connected to", true));
  }

  @Test
  @Tag("G15")
  @Tag("scenario-30")
  void no_failure_tells_the_key() throws Exception {
    String repeated = "{\"error\":{\"message\":\"your key " + Calls.KEY + " is odd\"}}";
    try (ReplayedProvider provider = new ReplayedProvider(status(400, "", repeated))) {
      ChatEndpoint endpoint = endpoint(provider, PATIENT);
      assertThat(answer(endpoint).toString() + endpoint).doesNotContain(Calls.KEY);
    }
  }

  private static Failed failed(String errorClass, String what, boolean retryable) {
    return new Failed(errorClass, "127.0.0.1 " + what, retryable);
  }
}
