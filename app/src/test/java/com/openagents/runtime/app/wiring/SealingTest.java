package com.openagents.runtime.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.seal.Sealer;
import com.openagents.runtime.seal.Signer;
import com.openagents.runtime.testkit.Drafts;
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
  private final List<RunId> asked = new ArrayList<>();

  private Sealing sealing(Seals seals, long seed) {
    return new Sealing(
        store.index(), new Sealer(new AskedLog(), seals, new Nominal(), time), new Random(seed));
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
    List<RunId> first = List.copyOf(asked.subList(0, PAGE));
    asked.clear();
    sealing(new Held(store.seals()), 2).round();
    List<RunId> other = List.copyOf(asked.subList(0, PAGE));
    assertThat(other.stream().filter(first::contains)).hasSizeLessThan(PAGE / 2);
  }

  /// Notes whose log is read, and lacks those that are damaged.
  private final class AskedLog implements EventLog {
    @Override
    public List<Appended> append(List<Append> batch) {
      return store.log().append(batch);
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      asked.add(runId);
      for (int run = 1; run <= DAMAGED; run++) {
        if (runId.equals(Drafts.runId(run))) {
          throw new IllegalStateException("the log is damaged");
        }
      }
      return store.log().read(runId, after, limit);
    }

    @Override
    public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
      return store.log().readDurable(runId, after, limit);
    }

    @Override
    public Optional<RunHead> head(RunId runId) {
      return store.log().head(runId);
    }
  }

  private record Nominal() implements Signer {
    @Override
    public String keyId() {
      return "key";
    }

    @Override
    public String sign(byte[] message) {
      return "signature";
    }
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
