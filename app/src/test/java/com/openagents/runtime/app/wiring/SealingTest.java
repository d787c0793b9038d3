package com.openagents.runtime.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Signer;
import com.openagents.runtime.testkit.Drafts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Ended runs are sealed one after the other; one that cannot be stands in nobody's way.
class SealingTest {

  private static final int RUNS = 250;
  private static final int DAMAGED = 120;

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryStore store = new InMemoryStore(time);
  private final List<String> asked = new ArrayList<>();

  private final Signer signer =
      new Signer() {
        @Override
        public String keyId() {
          return "key";
        }

        @Override
        public String sign(byte[] message) {
          String statement = new String(message, StandardCharsets.UTF_8);
          asked.add(statement);
          for (int run = 1; run <= DAMAGED; run++) {
            if (statement.contains(Drafts.runId(run).toString())) {
              throw new IllegalStateException("the log is damaged");
            }
          }
          return "signature";
        }
      };

  @Test
  void the_oldest_runs_are_damaged_and_all_others_are_sealed_all_the_same() {
    for (int run = 1; run <= RUNS; run++) {
      RunId runId = Drafts.runId(run);
      store.log().append(Drafts.start(runId));
      store.log().append(Drafts.acquire(runId, Drafts.NODE));
      store.log().append(Drafts.complete(runId, 1));
    }
    Sealing sealing =
        new Sealing(store.index(), new Sealer(store.log(), store.seals(), signer, time));

    for (int round = 0; round < 4; round++) {
      sealing.round();
    }

    assertThat(store.index().unsealed(RUNS)).hasSize(DAMAGED);
    assertThat(asked).as("a damaged run is tried once").hasSize(RUNS);
  }
}
