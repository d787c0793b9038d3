package com.openagents.runtime.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Signer;
import com.openagents.runtime.testkit.Drafts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Ended runs are sealed one after the other; one that cannot be stands in nobody's way.
class SealingTest {

  private static final int RUNS = 250;
  private static final int DAMAGED = 120;
  private static final int CHOICE = 1_000;
  private static final int PAGE = 100;

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

  private Sealing sealing(Seals seals, long seed) {
    return new Sealing(
        store.index(), new Sealer(store.log(), seals, signer, time), new Random(seed));
  }

  private void end(int runs) {
    for (int run = 1; run <= runs; run++) {
      RunId runId = Drafts.runId(run);
      store.log().append(Drafts.start(runId));
      store.log().append(Drafts.acquire(runId, Drafts.NODE));
      store.log().append(Drafts.complete(runId, 1));
    }
  }

  @Test
  void one_round_seals_all_but_those_that_are_damaged() {
    end(RUNS);
    sealing(store.seals(), 1).round();
    assertThat(store.index().unsealed(RUNS)).hasSize(DAMAGED);
    assertThat(asked).as("a damaged run is tried once").hasSize(RUNS);
  }

  @Test
  void what_somebody_holds_is_tried_once_in_a_round() {
    end(RUNS);
    Sealing sealing = sealing(new Held(store.seals()), 1);
    sealing.round();
    assertThat(asked).hasSize(RUNS);
    assertThat(asked).doesNotHaveDuplicates();
    sealing.round();
    assertThat(asked).as("all but the damaged are tried again").hasSize(2 * RUNS - DAMAGED);
  }

  @Test
  void nodes_that_come_together_begin_with_others() {
    end(CHOICE);
    sealing(new Held(store.seals()), 1).round();
    List<String> first = List.copyOf(asked.subList(0, PAGE));
    asked.clear();
    sealing(new Held(store.seals()), 2).round();
    List<String> other = List.copyOf(asked.subList(0, PAGE));
    assertThat(other.stream().filter(first::contains)).hasSizeLessThan(PAGE / 2);
  }

  /// Whatever is to be kept is passed by.
  private record Held(Seals seals) implements Seals {
    @Override
    public void save(Map<RunId, Seal> made) {}

    @Override
    public Optional<Seal> find(RunId runId) {
      return seals.find(runId);
    }

    @Override
    public List<AgedRange> aged(RunId runId) {
      return seals.aged(runId);
    }

    @Override
    public Set<String> keys() {
      return seals.keys();
    }
  }
}
