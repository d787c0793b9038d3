package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.NODE;
import static com.openagents.runtime.testkit.Drafts.THREAD;
import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex.Before;
import com.openagents.runtime.log.RunIndex.Query;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.Drafts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs that wait for something, or failed for a reason, that only a newer version knows.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class UnreadableRowsTest {

  private static final int RUNS = 9;

  private final TestDatabase database;
  private final PostgresEventLog log;
  private final PostgresRunIndex index;

  UnreadableRowsTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    index = new PostgresRunIndex(database.pools().rounds());
    for (int run = 1; run <= RUNS; run++) {
      log.append(Drafts.start(runId(run)));
    }
  }

  private void spoil(int run) {
    database.sql(
        "update runtime.runs set status = 'waiting', waiting_for = 'webhook' where run_id = ?",
        runId(run).value());
  }

  private List<RunHead> page(@Nullable Before before) {
    return index.list(new Query(null, THREAD, null, null, before, 2));
  }

  @Test
  void pages_are_full_and_have_all_others() {
    List.of(3, 6, 7, 8, 9).forEach(this::spoil);
    List<RunHead> paged = new ArrayList<>();
    List<RunHead> page = page(null);
    while (page.size() == 2) {
      paged.addAll(page);
      page = page(new Before(page.getLast().createdAt(), page.getLast().runId()));
    }
    paged.addAll(page);
    assertThat(paged)
        .extracting(RunHead::runId)
        .containsExactly(runId(5), runId(4), runId(2), runId(1));
  }

  @Test
  void runs_that_are_due_are_found_behind_them() {
    List.of(1, 2, 3, 4, 5).forEach(this::spoil);
    assertThat(index.due(3))
        .extracting(RunHead::runId)
        .containsExactly(runId(6), runId(7), runId(8));
  }

  @Test
  void runs_whose_lease_ran_out_are_found_behind_them() {
    for (int run = 1; run <= RUNS; run++) {
      log.append(Drafts.acquire(runId(run), NODE));
    }
    List.of(1, 2, 3).forEach(this::spoil);
    database.sql("update runtime.runs set lease_expires_at = created_at - interval '1 hour'");
    assertThat(index.expired(2)).extracting(RunHead::runId).containsExactly(runId(4), runId(5));
  }

  @Test
  void a_thread_goes_on_in_the_newest_other_one() {
    List.of(8, 9).forEach(this::spoil);
    assertThat(index.active(THREAD)).map(RunHead::runId).contains(runId(7));
  }

  @Test
  void whoever_asks_for_such_a_run_itself_is_not_told_that_there_is_none() {
    spoil(4);
    assertThatThrownBy(() -> log.head(runId(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("WEBHOOK");
  }
}
