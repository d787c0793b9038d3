package com.openagents.runtime.http.model;

import static com.openagents.runtime.http.model.Calls.PATIENT;
import static com.openagents.runtime.http.model.Calls.endpoint;
import static com.openagents.runtime.http.model.ReplayedProvider.modelled;
import static com.openagents.runtime.http.model.ReplayedProvider.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.http.model.ReplayedProvider.Request;
import com.openagents.runtime.model.ModelStream.Done;
import com.openagents.runtime.model.ModelStream.Polled;
import com.openagents.runtime.model.ModelStream.Reasoning;
import com.openagents.runtime.model.ModelStream.Text;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Streams in the shapes that known providers send come out as the same few things.
class ProvidersAnswerTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void tells(String provider, List<Polled> expected) throws Exception {
    try (ReplayedProvider replayed = new ReplayedProvider(streamed(modelled(provider)))) {
      assertThat(Calls.answer(endpoint(replayed, PATIENT))).isEqualTo(expected);
    }
  }

  static Stream<Arguments> tells() {
    return Stream.of(
        arguments(
            "openai",
            List.of(
                new Text("Good"),
                new Text(" evening,\nü "),
                new Text("😀"),
                done("gpt-5-mini-2026-01-10", "stop", 31, 12))),
        arguments(
            "openrouter",
            List.of(
                new Reasoning("They"),
                new Reasoning(" greet me."),
                new Text("Hello!"),
                done("vendor/thinker-1", "length", 20, 9))),
        arguments(
            "vllm",
            List.of(
                new Reasoning("Hm."),
                new Text("Yes"),
                new Text("."),
                done("org/open-8b", "stop", 14, 3))),
        arguments(
            "mistral",
            List.of(
                new Reasoning("Twelve"),
                new Reasoning(" by twelve."),
                new Reasoning(" So"),
                new Text("14"),
                new Text("4"),
                done("small-latest", "stop", 17, 12))),
        arguments("azure", List.of(new Text("Bonjour"), done("gpt-4.1", "stop", 9, 2))),
        arguments(
            "ollama",
            List.of(new Text("Good"), new Text(" day"), done("small:3b", "stop", 26, 3))));
  }

  @ParameterizedTest
  @MethodSource
  void understands(String body, List<Polled> expected) throws Exception {
    try (ReplayedProvider replayed = new ReplayedProvider(streamed(body))) {
      assertThat(Calls.answer(endpoint(replayed, PATIENT))).isEqualTo(expected);
    }
  }

  static Stream<Arguments> understands() {
    Polled unnamed = new Done(new ModelUse("127.0.0.1", "configured-model", "other", null, null));
    return Stream.of(
        arguments(
            "data:" + delta("\"content\":\"no space, no blank line\"") + "\ndata:[DONE]",
            List.of(new Text("no space, no blank line"), unnamed)),
        arguments(
            "event: x\r\ndata: " + delta("\"content\":\"CRLF\"") + "\r\n\r\ndata: [DONE]\r\n\r\n",
            List.of(new Text("CRLF"), unnamed)),
        arguments(
            "data: "
                + delta("\"content\":\"half \\ud83d\"")
                + "\n\n"
                + "data: "
                + delta("\"content\":\"\\ude00 whole\"")
                + "\n\ndata: [DONE]\n\n",
            List.of(new Text("half "), new Text("😀 whole"), unnamed)),
        arguments(
            "data: " + delta("\"content\":\"\\ude00 and \\u0000\"") + "\n\ndata: [DONE]\n\n",
            List.of(new Text("\uFFFD and \uFFFD"), unnamed)),
        arguments(
            "data: "
                + delta("\"content\":null,\"refusal\":\"I will not.\"")
                + "\n\ndata: [DONE]\n\n",
            List.of(new Text("I will not."), unnamed)),
        arguments(
            "data: {\"choices\":[{\"delta\":{\"content\":\"no [DONE]\"},"
                + "\"finish_reason\":\"content_filter\"}]}\n\n",
            List.of(
                new Text("no [DONE]"),
                new Done(
                    new ModelUse("127.0.0.1", "configured-model", "content-filter", null, null)))),
        arguments(
            "data: {\"choices\":[{\"delta\":{\"content\":[{\"type\":\"text\"}],"
                + "\"tool_calls\":[{\"index\":0}]},\"finish_reason\":\"tool_calls\"},"
                + "{\"delta\":{\"content\":\"another choice\"}}],\"usage\":[],\"error\":null}\n\n",
            List.of(
                new Done(
                    new ModelUse("127.0.0.1", "configured-model", "tool-calls", null, null)))));
  }

  @Test
  void what_is_asked_is_what_the_api_takes() throws Exception {
    try (ReplayedProvider replayed = new ReplayedProvider(streamed(modelled("ollama")))) {
      Calls.answer(endpoint(replayed, PATIENT));
      Request request = replayed.takeRequest();

      assertThat(request.head()).startsWith("POST /v1/chat/completions HTTP/1.1\n");
      assertThat(request.header("authorization")).isEqualTo("Bearer " + Calls.KEY);
      assertThat(request.header("content-type")).isEqualTo("application/json");
      assertThat(request.header("idempotency-key")).isEqualTo("run-1.2.3");
      assertThat(request.header("upgrade")).isEmpty();
      assertThat(request.header("traceparent"))
          .matches("00-0af7651916cd43dd8448eb211c80319c-(?!0{16})[0-9a-f]{16}-01");
      assertThat(JsonReader.read(request.body()))
          .isEqualTo(
              JsonReader.read(
                  """
                  {"model": "configured-model", "stream": true,
                   "stream_options": {"include_usage": true},
                   "messages": [{"role": "system", "content": "Be brief."},
                                {"role": "user", "content": "Say \\"hello\\""}]}
                  """))
          .isInstanceOf(Json.Obj.class);
    }
  }

  private static String delta(String fields) {
    return "{\"choices\":[{\"index\":0,\"delta\":{" + fields + "}}]}";
  }

  private static Done done(String model, String finishReason, long input, long output) {
    return new Done(new ModelUse("127.0.0.1", model, finishReason, input, output));
  }
}
