package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.CHECKPOINTS;
import static com.openagents.runtime.postgres.jooq.Tables.NODES;
import static com.openagents.runtime.postgres.jooq.Tables.RUNS;
import static com.openagents.runtime.postgres.log.RunHeads.CLOCK;
import static org.jooq.impl.DSL.val;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Derivation;
import com.openagents.runtime.log.DerivedRun.Known;
import com.openagents.runtime.log.DerivedRuns;
import com.openagents.runtime.log.LogScan;
import com.openagents.runtime.postgres.Queries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.types.DayToSecond;
import org.jspecify.annotations.Nullable;

/// Writes the rows of runs, frames and threads anew from the logs alone, one run after the other.
///
/// Logs are read ahead. The row of a run is locked while what has come to its log since is read,
/// and its lease is taken away, so whoever held the run is fenced. Repeating a rebuild, whole or
/// from where it stopped, does no harm.
public final class Rebuild {

  private static final DayToSecond LATELY = DayToSecond.valueOf(Duration.ofMinutes(1));

  private static final UUID LOWEST = new UUID(0, 0);
  private static final int AT_ONCE = 256;

  /// A look into the primary key for each run, however long the logs are.
  private static final String LOGS =
      """
      with recursive found as (
        (select e.run_id, 1 as place from runtime.events e where e.run_id %s {0}
         order by e.run_id limit 1)
        union all
        select n.run_id, s.place + 1
        from found s cross join lateral (
          select e.run_id from runtime.events e where e.run_id > s.run_id
          order by e.run_id limit 1
        ) n
        where s.place < {1}
      )
      select run_id from found order by place
      """;

  private static final String FIRST_LOGS = LOGS.formatted(">=");
  private static final String NEXT_LOGS = LOGS.formatted(">");

  private final DSLContext queries;
  private final LogScan scan;
  private final PostgresEventLog log;

  public Rebuild(DataSource dataSource) {
    queries = Queries.over(dataSource);
    scan = new PostgresLogScan(dataSource);
    log = new PostgresEventLog(dataSource, dataSource);
  }

  /// How far it has come.
  ///
  /// @param last the run that was looked at last; what comes after it is still to be done
  /// @param rebuilt how many runs have their rows anew
  public record Progress(RunId last, long rebuilt) {}

  /// A run whose log gives no rows; what it had was left.
  public record Left(RunId runId, String why) {}

  /// The nodes that were seen within the last minute. While rows are missing they answer that runs
  /// do not exist, and would let others begin threads that have an owner.
  public List<NodeId> nodesAlive() {
    return queries
        .select(NODES.NODE)
        .from(NODES)
        .where(NODES.SEEN_AT.gt(CLOCK.sub(LATELY)))
        .orderBy(NODES.NODE)
        .fetch(node -> new NodeId(node.value1()));
  }

  /// @param after begin behind this run in the order of ids; null for all
  /// @param progress is told after every run
  /// @return the runs that were left
  /// @throws com.openagents.runtime.log.StoreUnavailable when the database does not answer
  public List<Left> run(@Nullable RunId after, Consumer<Progress> progress) {
    List<Left> left = new ArrayList<>();
    long rebuilt = 0;
    List<RunId> some = runs(after);
    while (!some.isEmpty()) {
      DerivedRuns runs = new DerivedRuns(scan, some);
      for (var next = runs.next(); next.isPresent(); next = runs.next()) {
        Derivation read = next.get();
        try {
          queries.transaction(inside -> rebuild(inside.dsl(), read));
          rebuilt++;
        } catch (IllegalStateException damaged) {
          left.add(new Left(read.runId(), String.valueOf(damaged.getMessage())));
        }
        progress.accept(new Progress(read.runId(), rebuilt));
      }
      some = runs(some.getLast());
    }
    return left;
  }

  /// The next runs that have logs.
  private List<RunId> runs(@Nullable RunId after) {
    return queries
        .resultQuery(
            after == null ? FIRST_LOGS : NEXT_LOGS,
            val(after == null ? LOWEST : after.value()),
            val(AT_ONCE))
        .fetch(row -> new RunId(row.get("run_id", UUID.class)));
  }

  private void rebuild(DSLContext inside, Derivation read) {
    Known known = locked(inside, read.runId());
    read.readOn(log);
    read.result(known)
        .ifPresent(run -> {
          DerivedRows.write(inside, run);
          inside
              .deleteFrom(CHECKPOINTS)
              .where(CHECKPOINTS.RUN_ID.eq(read.runId().value()))
              .execute();
        });
  }

  private static @Nullable Known locked(DSLContext inside, RunId runId) {
    return inside
        .select(RUNS.LAST_SEQ, RUNS.FLOOR)
        .from(RUNS)
        .where(RUNS.RUN_ID.eq(runId.value()))
        .forUpdate()
        .fetchOne(row -> new Known(row.value1(), row.value2()));
  }
}
