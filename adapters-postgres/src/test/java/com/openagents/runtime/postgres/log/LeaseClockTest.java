package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.OTHER_NODE;
import static com.openagents.runtime.testkit.Drafts.TTL;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.LeaseChange;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended.Refusal;
import com.openagents.runtime.log.Appended.Refused;
import com.openagents.runtime.log.Appended.Written;
import com.openagents.runtime.log.Precondition;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A lease lives by the database's clock alone; a step of that clock is a shift of what is stored.
@Tag("G3")
@Tag("scenario-5")
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class LeaseClockTest {

  private static final RunId RUN = runId(1);

  private final TestDatabase database;
  private final PostgresEventLog log;

  LeaseClockTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
  }

  @BeforeEach
  void a_node_holds_the_lease() {
    log.append(Drafts.start(RUN));
    log.append(Drafts.acquire(RUN, NODE));
  }

  @Test
  void it_expires_its_lifetime_after_the_databases_clock_at_the_write() {
    assertThat(lifetime()).containsExactly("3600");
    log.append(extend());
    assertThat(lifetime()).containsExactly("3600");
    log.append(List.of(extend(), Drafts.start(runId(2))));
    assertThat(lifetime()).contains("3600");
  }

  @Test
  void an_hour_back_keeps_the_lease_longer() {
    step("+ interval '1 h'");
    assertThat(log.append(steal())).isEqualTo(new Refused(Refusal.HELD, 1, 1));
    assertThat(log.append(extend())).isInstanceOf(Written.class);
  }

  @Test
  void an_hour_forward_expires_the_lease_and_fences_who_held_it() {
    step("- interval '61 min'");
    assertThat(log.append(extend())).isEqualTo(new Refused(Refusal.FENCED, 1, 1));
    assertThat(log.append(steal())).isInstanceOf(Written.class);
    assertThat(log.append(extend())).isEqualTo(new Refused(Refusal.FENCED, 1, 2));
  }

  private List<String> lifetime() {
    return database.sql(
        """
        select extract(epoch from lease_expires_at - updated_at)::int::text
        from runtime.runs where lease_owner is not null
        """);
  }

  private void step(String shift) {
    database.sql("update runtime.runs set lease_expires_at = lease_expires_at " + shift);
  }

  private static Append extend() {
    return Append.of(RUN, Precondition.executor(1), List.of()).with(new LeaseChange.Extend(TTL));
  }

  private static Append steal() {
    return Drafts.acquire(RUN, OTHER_NODE);
  }
}
