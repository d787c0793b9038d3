package com.openagents.runtime.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.app.wiring.RandomIds;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Attackers of a service that takes connections and says nothing.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrewTest {

  private static final InstantSource NO_CLOCK =
      () -> {
        throw new IllegalStateException("no clock to sign with");
      };

  @Test
  void attackers_who_cannot_go_on_are_missed() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Crew crew = Crew.loose(Set.of(Attack.JSON), quarry(mute), 7)) {
      Tally tally = crew.tallies().getOrDefault(Attack.JSON, new Tally());
      while (tally.brokenOff().isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(tally.brokenOff())
          .hasValueSatisfying(why -> assertThat(why).hasMessageContaining("no clock"));
    }
  }

  @Test
  void attackers_whom_nobody_answers_have_not_come_through() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Crew crew = Crew.loose(Set.of(Attack.PIPELINE), quarry(mute), 7)) {
      Tally tally = crew.tallies().getOrDefault(Attack.PIPELINE, new Tally());
      while (tally.requests() == 0) {
        Thread.onSpinWait();
      }
      crew.awaitContact(Duration.ZERO);
      assertThat(Attack.PIPELINE.reached(tally)).isFalse();
    }
  }

  private static Quarry quarry(ServerSocket at) {
    String key = "test=" + "A".repeat(43);
    Signer signer =
        new Signer(SigningKeys.parse(key), NO_CLOCK, new RandomIds(InstantSource.system()));
    RunId run = new RunId(UUID.randomUUID());
    return new Quarry(URI.create("http://127.0.0.1:" + at.getLocalPort()), signer, run, run);
  }
}
