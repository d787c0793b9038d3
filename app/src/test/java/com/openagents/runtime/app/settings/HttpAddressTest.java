package com.openagents.runtime.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1:4711",
    "localhost, http://localhost:4711",
    "::1, http://[::1]:4711",
    "fe80::1%1, http://[fe80::1%1]:4711"
  })
  void an_address_of_ipv6_stands_in_brackets(String host, String url) {
    assertThat(HttpAddress.of(host, 4711)).hasToString(url).hasPort(4711);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1:4711",
    "::1, http://[::1]:4711",
    "0.0.0.0, http://127.0.0.1:4711",
    "::, http://[::1]:4711"
  })
  void a_service_that_listens_everywhere_is_reached_over_loopback(String host, String url) {
    Map<String, String> settings =
        Map.of(
            "OA_HTTP_HOST", host,
            "OA_HTTP_PORT", "4711",
            "OA_SIGNING_KEYS", "k1=c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0");
    assertThat(HttpAddress.fromHere(Settings.read(settings))).hasToString(url);
  }

  @Test
  void without_settings_it_is_this_machine() {
    assertThat(HttpAddress.fromHere(Settings.read(Map.of()))).hasToString("http://127.0.0.1:4000");
  }
}
