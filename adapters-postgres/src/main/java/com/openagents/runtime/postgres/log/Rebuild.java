package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.CHECKPOINTS;
import static com.openagents.runtime.postgres.jooq.Tables.EVENTS;
import static com.openagents.runtime.postgres.jooq.Tables.NODES;
import static com.openagents.runtime.postgres.jooq.Tables.RUNS;
import static com.openagents.runtime.postgres.log.RunHeads.CLOCK;
import static org.jooq.impl.DSL.noCondition;

import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.DerivedRun;
import com.openagents.runtime.log.DerivedRun.Known;
import com.openagents.runtime.postgres.Queries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.types.DayToSecond;
import org.jspecify.annotations.Nullable;

/// Writes the rows of runs, frames and threads anew from the logs alone, one run after the other.
///
/// The row of a run is locked while its log is read, and its lease is taken away, so whoever held
/// the run is fenced. Repeating a rebuild, whole or from where it stopped, does no harm.
public final class Rebuild {

  private static final DayToSecond LATELY = DayToSecond.valueOf(Duration.ofMinutes(1));

  private final DSLContext queries;
  private final PostgresEventLog log;

  public Rebuild(DataSource dataSource) {
    queries = Queries.over(dataSource);
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
    Optional<RunId> next = after(after == null ? null : after.value());
    while (next.isPresent()) {
      RunId runId = next.get();
      try {
        queries.transaction(inside -> rebuild(inside.dsl(), runId));
        rebuilt++;
      } catch (IllegalStateException damaged) {
        left.add(new Left(runId, String.valueOf(damaged.getMessage())));
      }
      progress.accept(new Progress(runId, rebuilt));
      next = after(runId.value());
    }
    return left;
  }

  /// The next run that has a log: one look into the primary key, however long the logs are.
  private Optional<RunId> after(@Nullable UUID runId) {
    return queries
        .select(EVENTS.RUN_ID)
        .from(EVENTS)
        .where(runId == null ? noCondition() : EVENTS.RUN_ID.gt(runId))
        .orderBy(EVENTS.RUN_ID)
        .limit(1)
        .fetchOptional(EVENTS.RUN_ID)
        .map(RunId::new);
  }

  private void rebuild(DSLContext inside, RunId runId) {
    DerivedRun.read(log, runId, locked(inside, runId))
        .ifPresent(run -> {
          DerivedRows.write(inside, run);
          inside.deleteFrom(CHECKPOINTS).where(CHECKPOINTS.RUN_ID.eq(runId.value())).execute();
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
