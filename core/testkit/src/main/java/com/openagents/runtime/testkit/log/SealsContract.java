package com.openagents.runtime.testkit.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Seals.Seal;
import com.openagents.runtime.testkit.Drafts;
import com.openagents.runtime.testkit.Race;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What keeping seals promises: the first stays.
///
/// Not asserted: whether a seal is right, which verification tells.
public abstract class SealsContract extends StoreContract {

  @Test
  void a_seal_comes_back_as_it_was() {
    end(RUN);
    Seal seal =
        new Seal(
            3_000_000_002L,
            3_000_000_001L,
            Digest.ofText("the last hash"),
            "Key_A-1",
            "Ab-_".repeat(21) + "Zw",
            Instant.parse("2026-01-02T03:04:05.678901Z"));
    store().seals().save(RUN, seal);
    assertThat(store().seals().find(RUN)).contains(seal);
  }

  @Test
  void the_first_seal_stays() {
    end(RUN);
    store().seals().save(RUN, seal(2));
    store().seals().save(RUN, seal(3));
    assertThat(store().seals().find(RUN)).contains(seal(2));
  }

  @Test
  void several_seals_are_kept_at_once_and_the_first_of_each_stays() {
    for (int i = 1; i <= 3; i++) {
      end(Drafts.runId(i));
    }
    store().seals().save(Drafts.runId(2), seal(7));
    store()
        .seals()
        .save(Map.of(Drafts.runId(1), seal(1), Drafts.runId(2), seal(2), Drafts.runId(3), seal(3)));
    assertThat(store().seals().find(Drafts.runId(1))).contains(seal(1));
    assertThat(store().seals().find(Drafts.runId(2))).contains(seal(7));
    assertThat(store().seals().find(Drafts.runId(3))).contains(seal(3));
    assertThat(store().index().unsealed(10)).isEmpty();
  }

  @Test
  void those_who_seal_the_same_runs_in_another_order_do_not_wait_for_each_other() {
    for (int i = 1; i <= 20; i++) {
      end(Drafts.runId(i));
    }
    Race.of(
        20,
        racer -> {
          Map<RunId, Seal> mine = new LinkedHashMap<>();
          for (int i = 0; i < 20; i++) {
            mine.put(Drafts.runId(1 + (i * 7 + racer) % 20), seal(racer + 1));
          }
          store().seals().save(mine);
          return racer;
        });
    assertThat(store().index().unsealed(10)).isEmpty();
    for (int i = 1; i <= 20; i++) {
      assertThat(store().seals().find(Drafts.runId(i))).isPresent();
    }
  }

  @Test
  void a_run_is_sealed_alone() {
    end(RUN);
    end(Drafts.runId(2));
    store().seals().save(RUN, seal(2));
    assertThat(store().seals().find(Drafts.runId(2))).isEmpty();
    assertThat(store().seals().find(RUN)).isPresent();
  }

  @Test
  void every_key_that_sealed_is_told_once() {
    assertThat(store().seals().keys()).isEmpty();
    List<String> keys = List.of("key-b", "key-a", "key-b", "key-c");
    for (int i = 0; i < keys.size(); i++) {
      end(Drafts.runId(i));
      store().seals().save(Drafts.runId(i), seal(2, keys.get(i)));
    }
    assertThat(store().seals().keys()).containsExactlyInAnyOrder("key-a", "key-b", "key-c");
  }

  @Test
  void of_concurrent_seals_one_stays_for_everybody() {
    end(RUN);
    var found =
        Race.of(
            20,
            i -> {
              store().seals().save(RUN, seal(i + 1));
              return store().seals().find(RUN).orElseThrow();
            });
    assertThat(found).containsOnly(found.getFirst());
  }

  static Seal seal(long throughSeq) {
    return seal(throughSeq, "seal-key-1");
  }

  private static Seal seal(long throughSeq, String keyId) {
    return new Seal(
        throughSeq,
        throughSeq,
        Digest.ofText("head of " + throughSeq),
        keyId,
        "c2lnbmF0dXJl",
        Instant.parse("2026-01-02T03:04:05.678901Z"));
  }

  private void end(RunId runId) {
    write(Drafts.complete(runId, startAndAcquire(runId, Drafts.NODE)));
  }
}
