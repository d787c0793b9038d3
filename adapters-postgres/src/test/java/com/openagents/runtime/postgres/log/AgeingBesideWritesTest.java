package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Ageing.Look;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Ageing waits for nobody, and nobody waits for it.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class AgeingBesideWritesTest {

  private static final RunId RUN = runId(1);

  private final TestDatabase database;
  private final PostgresEventLog log;
  private final PostgresAgeing ageing;
  private final Session other;

  AgeingBesideWritesTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    ageing = new PostgresAgeing(database.pools().rounds());
    other = new Session(database);
    log.append(Drafts.start(RUN));
    log.append(Drafts.deltas(RUN, Precondition.OPEN, "a", "b", "c"));
  }

  @AfterEach
  void release() {
    other.close();
  }

  private static Look look() {
    Digest head = Digest.ofText("head");
    AgedRange range = new AgedRange(2, 4, head, "key", "c2ln", Instant.EPOCH);
    return new Look(RUN, 0, 4, List.of(range), null);
  }

  @Test
  void a_look_at_a_run_whose_row_is_held_is_made_again_later() {
    other.sql("begin");
    other.sql("select 1 from runtime.runs for update");
    assertThat(ageing.note(look())).isFalse();
    assertThat(database.sql("select count(*) from runtime.aged_ranges")).containsExactly("0");
    other.sql("rollback");
    assertThat(ageing.note(look())).isTrue();
  }

  @Test
  void a_run_is_written_while_pieces_of_it_are_being_removed() {
    assertThat(ageing.note(look())).isTrue();
    other.sql("begin");
    assertThat(other.sql(PostgresAgeing.REMOVE.replace("{0}", "100"))).containsExactly("3");
    assertThat(log.append(Drafts.deltas(RUN, Precondition.OPEN, "d"))).isInstanceOf(Written.class);
    assertThat(ageing.remove(100)).as("what another removes").isZero();
    other.sql("rollback");
    assertThat(log.read(RUN, 0, 10)).hasSize(5);
    assertThat(ageing.remove(100)).isEqualTo(3);
    assertThat(log.read(RUN, 0, 10)).hasSize(2);
  }
}
