package com.openagents.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.inmemory.SeededIds;
import com.openagents.runtime.inmemory.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriterTokensTest {

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-05-01T10:00:00.750Z"));
  private final List<Json.Obj> signed = new ArrayList<>();
  private final WriterTokens tokens =
      new WriterTokens(
          "https://runtime.example",
          "openagents-convex-writer",
          claims -> {
            signed.add(claims);
            return new TokenSigner.Signed("token-" + signed.size(), "k1");
          },
          time,
          new SeededIds(time, 1));

  @Test
  void a_writers_token_says_that_it_is_one() {
    tokens.get();

    Json.Obj claims = signed.getFirst();
    assertThat(claims)
        .isEqualTo(
            Json.object()
                .put("iss", "https://runtime.example")
                .put("aud", "openagents-convex-writer")
                .put("sub", "service:projector")
                .put("iat", 1_777_629_600)
                .put("nbf", 1_777_629_600)
                .put("exp", 1_777_629_900)
                .put("jti", claims.get("jti"))
                .put("oa_claims_version", "oa_convex_writer_v1")
                .build());
  }

  @Test
  void it_is_the_same_for_as_long_as_two_minutes_of_it_are_left() {
    assertThat(tokens.get()).isEqualTo("token-1");
    time.advance(Duration.ofMinutes(3).minusSeconds(1));
    assertThat(tokens.get()).isEqualTo("token-1");
    time.advance(Duration.ofSeconds(1));
    assertThat(tokens.get()).isEqualTo("token-2");
    assertThat(tokens.get()).isEqualTo("token-2");
  }
}
