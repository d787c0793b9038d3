package com.openagents.runtime.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.identity.RunId;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/// A run's log as the database has it, without anything of the runtime between.
record LogTable(List<Row> rows) {

  private static final Set<String> TERMINAL = Set.of("run.completed", "run.failed", "run.canceled");

  /// @param epoch of the executor that wrote it, 0 when no executor did
  record Row(long seq, String type, long epoch) {}

  static LogTable of(Cluster cluster, RunId run) throws SQLException {
    String query =
        "select seq || ' ' || type || ' ' || coalesce(epoch, 0) from runtime.events"
            + " where run_id = '"
            + run
            + "' order by seq";
    return new LogTable(cluster.sql(query).stream().map(LogTable::row).toList());
  }

  private static Row row(String line) {
    String[] parts = line.split(" ", 3);
    return new Row(Long.parseLong(parts[0]), parts[1], Long.parseLong(parts[2]));
  }

  List<String> types() {
    return rows.stream().map(Row::type).toList();
  }

  void assertEndedOnceWithoutGap() {
    assertThat(rows)
        .extracting(Row::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, rows.size()).boxed().toList());
    assertThat(types().stream().filter(TERMINAL::contains)).hasSize(1);
    assertThat(types().getLast()).isIn(TERMINAL);
  }

  /// Behind the loss of an executor nothing carries its epoch or one from before it.
  void assertSilenceOfLostExecutors() {
    assertThat(types()).contains("run.executor_lost");
    long lost = 0;
    long highest = 0;
    for (Row row : rows) {
      if (row.type().equals("run.executor_lost")) {
        lost = highest;
      } else if (row.epoch() > 0) {
        assertThat(row.epoch()).as("epoch of %s in %s", row, rows).isGreaterThan(lost);
        highest = Math.max(highest, row.epoch());
      }
    }
  }
}
