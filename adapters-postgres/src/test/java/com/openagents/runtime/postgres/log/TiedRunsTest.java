package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.testkit.Drafts.runId;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
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

/// Runs that began at the same microsecond, and that lie in the table in no order.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class TiedRunsTest {

  private final RunIndex index;

  TiedRunsTest(TestServer server) {
    TestDatabase database = TestDatabase.emptiedOn(server);
    index = new PostgresRunIndex(database.pools().serving());
    var log = new PostgresEventLog(database.pools().executing(), database.pools().serving());
    for (int number : new int[] {3, 1, 4, 2, 5}) {
      log.append(Drafts.start(runId(number)));
      database.sql(
          "update runtime.runs set created_at = '2026-03-01T12:00:00Z' where run_id = ?",
          runId(number).value());
    }
  }

  @Test
  void their_pages_neither_overlap_nor_leave_one_out() {
    List<RunId> paged = new ArrayList<>();
    List<RunHead> page = page(null);
    while (!page.isEmpty()) {
      page.forEach(head -> paged.add(head.runId()));
      page = page(new Before(page.getLast().createdAt(), page.getLast().runId()));
    }
    assertThat(paged).containsExactly(runId(5), runId(4), runId(3), runId(2), runId(1));
  }

  private List<RunHead> page(@Nullable Before before) {
    return index.list(new Query(Drafts.OWNER, null, null, null, before, 2));
  }
}
