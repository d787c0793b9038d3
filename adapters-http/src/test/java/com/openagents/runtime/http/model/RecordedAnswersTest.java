package com.openagents.runtime.http.model;

import static com.openagents.runtime.http.model.Calls.endpoint;
import static com.openagents.runtime.http.model.Calls.patience;
import static com.openagents.runtime.http.model.ReplayedProvider.recorded;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.http.model.ReplayedProvider.Reply;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelRequest.Role;
import com.openagents.runtime.model.ModelRequest.Turn;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Failed;
import com.openagents.runtime.model.ModelStream.Polled;
import com.openagents.runtime.model.ModelStream.Reasoning;
import com.openagents.runtime.model.ModelStream.Text;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a real server once said is understood, however the network cuts it.
class RecordedAnswersTest {

  private static final Patience ONCE = patience(Duration.ofMinutes(1), 1);

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void is_understood_as_it_came(String name, List<Polled> expected) throws Exception {
    assertThat(told(recorded(name))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void is_understood_byte_by_byte(String name, List<Polled> expected) throws Exception {
    assertThat(told(Recording.of(name).inChunksOf(1))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void is_understood_all_at_once(String name, List<Polled> expected) throws Exception {
    assertThat(told(Recording.of(name).inChunksOf(Integer.MAX_VALUE))).isEqualTo(expected);
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(
            "answer",
            List.of(
                new Text("Good"),
                new Text(" evening"),
                new Text(","),
                new Text("\n"),
                new Text("ü"),
                new Text(" \"quoted\""),
                new Text(" \\n"),
                new Text(" <"),
                new Text("😀"),
                new Text("> "),
                new Text("日"),
                new Text("本"),
                new Text("."),
                done("stop", 28, 20))),
        arguments(
            "stopped-at-limit",
            List.of(new Text("Good"), new Text(" evening"), new Text(","), done("stop", 28, 3))),
        arguments(
            "thinking",
            List.of(
                new Reasoning("They"),
                new Reasoning(" greet"),
                new Reasoning(" me"),
                new Text("Welcome"),
                new Text("!"),
                done("stop", 30, 8))),
        arguments("tool-call", List.of(done("tool-calls", 273, 12))),
        arguments(
            "context-full",
            ticksAnd(
                30,
                failed(
                    "unavailable",
                    "answered 500: context_length_exceeded: the request exceeds the available"
                        + " context size; context shift is disabled",
                    true))),
        arguments("killed", ticksAnd(23, failed("unavailable", "broke the answer off", true))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void a_refusal_is_named(String name, Failed expected) throws Exception {
    assertThat(told(recorded(name))).containsExactly(expected);
  }

  static Stream<Arguments> a_refusal_is_named() {
    return Stream.of(
        arguments("wrong-key", failed("refused", "answered 401", false)),
        arguments(
            "bad-request",
            failed(
                "refused",
                "answered 400: Error: dry_sequence_breakers must be a non-empty array of strings",
                false)),
        arguments(
            "prompt-too-long",
            failed(
                "unavailable",
                "answered 500: the request exceeds the available context size,"
                    + " try increasing it",
                true)),
        arguments(
            "out-of-turn",
            failed(
                "unavailable",
                "answered 500: ------------"
                    + " While executing CallExpression at line 3, column 111 in source:"
                    + " ... 1].role == 'user' -%}{{ raise_exception('Conversation roles must"
                    + " alternate user..."
                    + " ".repeat(44)
                    + "^ Error: Jinja Exception: Conversation roles must alternate user/assistant",
                true)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "answer",
        "stopped-at-limit",
        "thinking",
        "context-full",
        "killed",
        "wrong-key",
        "prompt-too-long",
        "out-of-turn"
      })
  void the_server_was_asked_what_providers_are_asked(String name) throws Exception {
    String asked = Recording.request(name);
    try (ReplayedProvider replayed = new ReplayedProvider(recorded(name));
        OpenAiModels models =
            new OpenAiModels(new ChatEndpoint(replayed.baseUrl(), null, "bigram", ONCE));
        ModelStream stream =
            models.open(
                new ModelRequest("1", "test/Answer.v1", Json.Obj.EMPTY, turns(asked), null))) {
      Calls.rest(stream);
      assertThat(replayed.takeRequest().body()).isEqualTo(asked);
    }
  }

  private static List<Turn> turns(String request) throws Exception {
    Json.Obj body = (Json.Obj) JsonReader.read(request);
    Json.Arr messages = (Json.Arr) requireNonNull(body.get("messages"));
    return messages.items().stream()
        .map(Json.Obj.class::cast)
        .map(message ->
            new Turn(
                Role.valueOf(text(message, "role").toUpperCase(Locale.ROOT)),
                text(message, "content")))
        .toList();
  }

  private static String text(Json.Obj message, String name) {
    return ((Json.Str) requireNonNull(message.get(name))).value();
  }

  private static List<Polled> told(Reply reply) throws Exception {
    try (ReplayedProvider replayed = new ReplayedProvider(reply)) {
      return Calls.answer(endpoint(replayed, ONCE));
    }
  }

  private static List<Polled> ticksAnd(int pieces, Polled last) {
    Stream<Polled> ticks =
        IntStream.range(0, pieces)
            .mapToObj(i -> new Text(i == 0 ? "tick" : i % 2 == 0 ? " tick" : " tock"));
    return Stream.concat(ticks, Stream.of(last)).toList();
  }

  private static Done done(String finishReason, long input, long output) {
    return new Done(new ModelUse("127.0.0.1", "bigram", finishReason, input, output));
  }

  private static Failed failed(String errorClass, String what, boolean retryable) {
    return new Failed(errorClass, "127.0.0.1 " + what, retryable);
  }
}
