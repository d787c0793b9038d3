package com.openagents.runtime.seal;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Seals.Seal;
import java.util.UUID;
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
  void sealing_again_changes_nothing() {
    SealedRun run = new SealedRun().end();
    Seal first = run.sealer().seal(SealedRun.RUN).orElseThrow();
    run.late(1);
    assertThat(run.sealer().seal(SealedRun.RUN)).contains(first);
    assertThat(run.sealer(Ed25519.signer(Keys.SECOND)).seal(SealedRun.RUN)).contains(first);
    assertThat(run.seals().find(SealedRun.RUN)).contains(first);
  }
}
