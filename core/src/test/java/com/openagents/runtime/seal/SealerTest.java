package com.openagents.runtime.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.Seals.Seal;
import com.openagents.runtime.log.StoreUnavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SealerTest {

  @Test
  void a_run_that_has_not_ended_is_not_sealed() {
    SealedRun run = new SealedRun();
    assertThat(run.sealer().seal(SealedRun.RUN)).isEmpty();
    assertThat(run.sealer().seal(new RunId(new UUID(0, 9)))).isEmpty();
  }

  @Test
  void a_seal_covers_everything_up_to_the_end_and_nothing_later() {
    SealedRun run = new SealedRun().end().late(2);
    Seal seal = run.sealer().seal(SealedRun.RUN).orElseThrow();
    Chain chain = Chain.begin(SealedRun.RUN);
    for (var event : run.log().read(SealedRun.RUN, 0, (int) SealedRun.ENDED_AT)) {
      chain = chain.next(event);
    }
    assertThat(seal.throughSeq()).isEqualTo(SealedRun.ENDED_AT);
    assertThat(seal.count()).isEqualTo(SealedRun.ENDED_AT);
    assertThat(seal.head()).isEqualTo(chain.head());
    assertThat(seal.keyId()).isEqualTo(Ed25519.signer(Keys.FIRST).keyId());
  }

  @Test
  void of_many_runs_those_that_have_ended_get_the_seal_that_each_would_get_alone() {
    SealedRun run = new SealedRun().end();
    RunId absent = new RunId(new UUID(0, 9));
    assertThat(run.sealer().sealAll(List.of(absent, SealedRun.RUN))).isEmpty();
    assertThat(run.seals().find(SealedRun.RUN)).isEqualTo(new SealedRun().end().sealed());
    assertThat(run.seals().find(absent)).isEmpty();
  }

  @Test
  void runs_that_are_sealed_together_are_verified_each_by_itself() throws IOException {
    SealedRun first = new SealedRun().end();
    List<SealedRun> runs = new ArrayList<>(List.of(first));
    List<RunId> ids = new ArrayList<>(List.of(SealedRun.RUN));
    for (int other = 2; other <= 5; other++) {
      ids.add(new RunId(new UUID(0, other)));
      runs.add(first.beside(ids.getLast()).end());
    }
    CountingSigner signer = new CountingSigner(Ed25519.signer(Keys.FIRST));
    assertThat(first.sealer(signer).sealAll(ids)).isEmpty();
    assertThat(signer.signed).isEqualTo(1);
    for (int i = 0; i < runs.size(); i++) {
      RunId runId = ids.get(i);
      byte[] bundle = runs.get(i).bundle();
      assertThat(Verify.bundle(new ByteArrayInputStream(bundle), Set.of(signer.keyId())))
          .isInstanceOfSatisfying(
              Report.Intact.class,
              intact -> {
                assertThat(intact.runId()).isEqualTo(runId);
                assertThat(intact.trusted()).isTrue();
              });
    }
  }

  @Test
  void of_many_runs_one_that_is_damaged_is_named_and_the_others_are_sealed() {
    SealedRun run = new SealedRun().end();
    RunId damaged = new RunId(new UUID(0, 9));
    EventLog log = new DamagedLog(run.log(), damaged);
    Sealer sealer =
        new Sealer(log, run.seals(), Ed25519.signer(Keys.FIRST), InstantSource.system());
    assertThat(sealer.sealAll(List.of(damaged, SealedRun.RUN))).containsOnlyKeys(damaged);
    assertThat(run.seals().find(SealedRun.RUN)).isPresent();
  }

  @Test
  void a_store_that_does_not_answer_is_no_damage() {
    Sealer sealer =
        new Sealer(
            new DamagedLog(new SealedRun().log(), null),
            new SealedRun().seals(),
            Ed25519.signer(Keys.FIRST),
            InstantSource.system());
    assertThatThrownBy(() -> sealer.sealAll(List.of(SealedRun.RUN)))
        .isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void a_seal_that_was_not_kept_is_no_run_that_goes_on() {
    SealedRun run = new SealedRun().end();
    Sealer sealer =
        new Sealer(
            run.log(), new NothingKept(), Ed25519.signer(Keys.FIRST), InstantSource.system());
    assertThatThrownBy(() -> sealer.seal(SealedRun.RUN)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sealing_again_changes_nothing() {
    SealedRun run = new SealedRun().end();
    Seal first = run.sealer().seal(SealedRun.RUN).orElseThrow();
    run.late(1);
    assertThat(run.sealer().seal(SealedRun.RUN)).contains(first);
    assertThat(run.sealer(Ed25519.signer(Keys.SECOND)).seal(SealedRun.RUN)).contains(first);
    assertThat(run.seals().find(SealedRun.RUN)).contains(first);
  }

  private static final class CountingSigner implements Signer {
    private final Signer signer;
    private int signed;

    CountingSigner(Signer signer) {
      this.signer = signer;
    }

    @Override
    public String keyId() {
      return signer.keyId();
    }

    @Override
    public String sign(byte[] message) {
      signed++;
      return signer.sign(message);
    }
  }

  /// Every run is passed by.
  private record NothingKept() implements Seals {
    @Override
    public void save(Map<RunId, Seal> seals) {}

    @Override
    public Optional<Seal> find(RunId runId) {
      return Optional.empty();
    }

    @Override
    public List<AgedRange> aged(RunId runId) {
      return List.of();
    }

    @Override
    public Set<String> keys() {
      return Set.of();
    }
  }

  /// A log of which one run lacks its first event, or which does not answer at all.
  private record DamagedLog(EventLog log, @Nullable RunId damaged) implements EventLog {
    @Override
    public List<Appended> append(List<Append> batch) {
      return log.append(batch);
    }

    @Override
    public List<StoredEvent> read(RunId runId, long after, int limit) {
      if (damaged == null) {
        throw new StoreUnavailable("no answer", new IllegalStateException("down"));
      }
      List<StoredEvent> events = log.read(SealedRun.RUN, after, limit);
      return runId.equals(damaged) ? events.subList(1, events.size()) : events;
    }

    @Override
    public List<StoredEvent> readDurable(RunId runId, long after, int limit) {
      return log.readDurable(runId, after, limit);
    }

    @Override
    public Optional<RunHead> head(RunId runId) {
      return log.head(runId);
    }
  }
}
