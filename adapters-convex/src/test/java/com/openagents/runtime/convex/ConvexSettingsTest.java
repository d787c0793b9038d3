package com.openagents.runtime.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.convex.ConvexCredential.AdminKey;
import com.openagents.runtime.convex.ConvexCredential.ServiceToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvexSettingsTest {

  private static final AdminKey KNOWN_TO_ALL = new AdminKey("carnitas|0123abcd");

  private static ConvexSettings at(String url) {
    return ConvexSettings.at(URI.create(url), "0.1.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "convex.example",
        "ftp://convex.example",
        "https://convex.example/api",
        "https://convex.example?adminKey=x",
        "https://user:secret@convex.example"
      })
  void an_address_that_is_more_than_an_origin_is_refused(String url) {
    assertThatThrownBy(() -> at(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://convex.example", "http://127.0.0.1:3210/"})
  void an_origin_is_taken(String url) {
    assertThat(at(url).route("/api/query").getPath()).isEqualTo("/api/query");
  }

  @Test
  void a_batch_has_no_more_rows_than_the_functions_take() {
    URI url = URI.create("http://127.0.0.1:3210");
    assertThatThrownBy(
            () -> new ConvexSettings(url, "0.1.0", Duration.ofSeconds(1), 501, 1, 1, "", false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_instance_that_everybody_knows_is_for_development_alone() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      ConvexSettings settings = at("http://127.0.0.1:3210");
      assertThatThrownBy(() -> new ConvexSink(http, settings, KNOWN_TO_ALL))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("0123abcd");
      assertThat(new ConvexSink(http, settings.inDevelopment(), KNOWN_TO_ALL).name())
          .isEqualTo("convex");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "key", "|key", "a|b\n", "a|é"})
  void a_key_that_is_none_is_refused_without_being_repeated(String key) {
    assertThatThrownBy(() -> new AdminKey(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("é");
  }

  @Test
  void credentials_do_not_tell_themselves() {
    assertThat(new AdminKey("instance|c0ffee").toString()).doesNotContain("c0ffee", "instance");
    assertThat(new ServiceToken(() -> "c0ffee").toString()).doesNotContain("c0ffee");
  }
}
