package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.CHECKPOINTS;
import static org.jooq.impl.DSL.excluded;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.postgres.jooq.tables.records.CheckpointsRecord;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/// The newest saved fold of each run. Thread-safe.
public final class PostgresCheckpoints implements Checkpoints {

  private final DSLContext queries;

  public PostgresCheckpoints(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
  }

  @Override
  public void save(RunId runId, Checkpoint checkpoint) {
    queries
        .insertInto(CHECKPOINTS)
        .set(CHECKPOINTS.RUN_ID, runId.value())
        .set(CHECKPOINTS.THROUGH_SEQ, checkpoint.throughSeq())
        .set(CHECKPOINTS.FORMAT, checkpoint.format())
        .set(CHECKPOINTS.DIGEST, checkpoint.digest().bytes())
        .set(CHECKPOINTS.STATE, checkpoint.state())
        .onConflict(CHECKPOINTS.RUN_ID)
        .doUpdate()
        .setAllToExcluded()
        .where(CHECKPOINTS.THROUGH_SEQ.le(excluded(CHECKPOINTS.THROUGH_SEQ)))
        .execute();
  }

  @Override
  public Optional<Checkpoint> latest(RunId runId) {
    return queries
        .selectFrom(CHECKPOINTS)
        .where(CHECKPOINTS.RUN_ID.eq(runId.value()))
        .fetchOptional(PostgresCheckpoints::checkpoint);
  }

  private static Checkpoint checkpoint(CheckpointsRecord row) {
    return new Checkpoint(
        row.getThroughSeq(), row.getFormat(), Digests.of(row.getDigest()), row.getState());
  }
}
