package com.openagents.runtime.http.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatEndpointTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1,  https://api.openai.com/v1/chat/completions",
    "https://api.openai.com/v1/, https://api.openai.com/v1/chat/completions",
    "http://localhost:11434/v1,  http://localhost:11434/v1/chat/completions",
    "http://[::1]:8000,          http://[::1]:8000/chat/completions"
  })
  void completions_lie_below_the_base(URI base, URI completions) {
    assertThat(new ChatEndpoint(base, null, "m", Patience.DEFAULT).completions())
        .isEqualTo(completions);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://host/v1,               key, m",
    "/v1,                         key, m",
    "https:///v1,                 key, m",
    "https://user:canary@host/v1, key, m",
    "https://host/v1?key=canary,  key, m",
    "https://host/v1,             'canary\n', m",
    "https://host/v1,             'canary ü', m",
    "https://host/v1,             key, ' '"
  })
  @Tag("G15")
  void what_could_not_work_is_refused_without_repeating_secrets(
      URI base, String key, String model) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChatEndpoint(base, key, model, Patience.DEFAULT))
        .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("canary"));
  }

  @Test
  void its_text_leaves_the_key_out() {
    assertThat(new ChatEndpoint(URI.create("https://h/v1"), "canary", "m", Patience.DEFAULT))
        .hasToString("ChatEndpoint[https://h/v1, m]");
  }
}
