package com.openagents.runtime.postgres.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.execution.Janitor;
import com.openagents.runtime.execution.Limits;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.postgres.CountingDataSource;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Race;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The janitor of core on many runs whose executors fell silent.
@Tag("scenario-8")
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class ExpiredRunsTest {

  /// How many statements a sweep makes before it writes.
  private static final int LOOK = 1;

  private static final String SILENT_EXECUTORS =
      """
      with silent as (
        insert into runtime.runs (
          run_id, thread_id, owner, agent, agent_version, content, status, recoveries, epoch,
          lease_owner, lease_expires_at, last_seq, created_at, updated_at
        )
        select gen_random_uuid(), 't', 'user:1', 'echo', 1, sha256('request'), 'running', 0, 1,
          'gone', clock_timestamp() - interval '1 s', 1, now(), now()
        from generate_series(1, ?)
        returning run_id
      )
      insert into runtime.events (run_id, seq, occurred_at, version, type, payload)
      select run_id, 1, now(), 1, 'run.started', '{"node":"gone"}' from silent
      """;

  private final TestDatabase database;

  ExpiredRunsTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
  }

  @Test
  void fifty_thousand_are_recovered_without_a_statement_for_each() {
    database.sql(SILENT_EXECUTORS, 50_000);
    var statements = new CountingDataSource(database.pools().executing());
    assertThat(janitor(statements).sweep()).isEqualTo(50_000);
    assertThat(statements.statements()).isLessThan(50_000 / 100);
    assertThat(outcome()).containsExactly("50000");
  }

  @Test
  void replicas_that_sweep_at_once_recover_each_run_once() {
    database.sql(SILENT_EXECUTORS, 3_000);
    var statements = new CountingDataSource(database.pools().executing());
    List<Integer> recovered = Race.of(4, _ -> janitor(statements).sweep());
    assertThat(recovered.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3_000);
    assertThat(outcome()).containsExactly("3000");
  }

  @Test
  void a_sweep_that_breaks_off_in_the_middle_loses_no_run() {
    database.sql(SILENT_EXECUTORS, 3_000);
    var statements = new CountingDataSource(database.pools().executing());
    statements.failAt(LOOK + 2);
    assertThatThrownBy(() -> janitor(statements).sweep()).isInstanceOf(StoreUnavailable.class);
    assertThat(outcome()).containsExactly("128");
    assertThat(janitor(statements).sweep()).isEqualTo(3_000 - 128);
    assertThat(outcome()).containsExactly("3000");
  }

  private static Janitor janitor(CountingDataSource dataSource) {
    var log = new PostgresEventLog(dataSource.counted(), dataSource.counted());
    return new Janitor(log, new PostgresRunIndex(dataSource.counted()), Limits.defaults());
  }

  /// How many runs were given up by their executor exactly once and are free under a new epoch.
  private List<String> outcome() {
    return database.sql(
        """
        select count(*)
        from runtime.runs r
        join runtime.events e on e.run_id = r.run_id and e.seq = 2
        where r.lease_owner is null and r.epoch = 2 and r.last_seq = 2 and r.recoveries = 1
          and r.wake_at is not null and e.type = 'run.executor_lost'
        """);
  }
}
