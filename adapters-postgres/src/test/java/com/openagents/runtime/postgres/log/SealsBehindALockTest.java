package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Seals.Seal;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Somebody holds the row of a run that has ended, and others want their seals.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class SealsBehindALockTest {

  private static final Seal SEAL =
      new Seal(3, 3, Digest.ofText("head"), "key", "c2ln", Instant.EPOCH);

  private final PostgresSeals seals;
  private final PostgresRunIndex index;
  private final Session other;

  SealsBehindALockTest(TestServer server) {
    TestDatabase database = TestDatabase.emptiedOn(server);
    var log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    seals = new PostgresSeals(database.pools().executing());
    index = new PostgresRunIndex(database.pools().rounds());
    other = new Session(database);
    for (int run = 1; run <= 3; run++) {
      RunId runId = runId(run);
      log.append(Drafts.start(runId));
      log.append(Drafts.acquire(runId, Drafts.NODE));
      log.append(Drafts.complete(runId, 1));
    }
  }

  @AfterEach
  void release() {
    other.close();
  }

  private void hold(RunId runId) {
    other.sql("begin");
    other.sql("select 1 from runtime.runs where run_id = ? for update", runId.value());
  }

  @Test
  void all_others_are_sealed_and_the_held_one_later() {
    hold(runId(2));
    Map<RunId, Seal> all = new LinkedHashMap<>();
    for (int run = 1; run <= 3; run++) {
      all.put(runId(run), SEAL);
    }
    seals.save(all);
    assertThat(index.unsealed(10)).containsExactly(runId(2));
    assertThat(seals.find(runId(2))).isEmpty();
    other.sql("rollback");
    seals.save(all);
    assertThat(index.unsealed(10)).isEmpty();
    assertThat(seals.find(runId(2))).contains(SEAL);
  }

  @Test
  void whoever_wants_the_seal_of_the_held_one_gets_it_when_it_is_let_go() {
    hold(runId(2));
    CompletableFuture<Void> sealed = CompletableFuture.runAsync(() -> seals.save(runId(2), SEAL));
    other.awaitBlocksSomebody();
    other.sql("rollback");
    sealed.join();
    assertThat(seals.find(runId(2))).contains(SEAL);
  }
}
