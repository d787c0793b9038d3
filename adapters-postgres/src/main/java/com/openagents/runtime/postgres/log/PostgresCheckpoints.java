package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.CHECKPOINTS;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Checkpoints;
import com.openagents.runtime.postgres.Failures;
import com.openagents.runtime.postgres.Gathering;
import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.postgres.jooq.tables.records.CheckpointsRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/// The newest saved fold of each run. Those that are saved at the same time are one statement,
/// which takes them in one order, so that two nodes never wait for each other. Thread-safe.
public final class PostgresCheckpoints implements Checkpoints {

  private static final int TOGETHER = 64;

  private static final String SAVE =
      """
      insert into runtime.checkpoints as saved (run_id, through_seq, format, digest, state)
      select run_id::uuid, through_seq, format, digest, state
      from unnest(?::text[], ?::bigint[], ?::int[], ?::bytea[], ?::text[])
        as fold (run_id, through_seq, format, digest, state)
      on conflict (run_id) do update
      set through_seq = excluded.through_seq, format = excluded.format,
        digest = excluded.digest, state = excluded.state
      where saved.through_seq <= excluded.through_seq
      """;

  private static final List<Column<Fold>> FOLD =
      List.of(
          Column.text(fold -> fold.runId().toString()),
          Column.int8(fold -> fold.checkpoint().throughSeq()),
          Column.int4(fold -> fold.checkpoint().format()),
          Column.bytea(fold -> fold.checkpoint().digest().bytes()),
          Column.text(fold -> fold.checkpoint().state()));

  private final DataSource dataSource;
  private final DSLContext queries;
  private final Gathering<Fold, Boolean> gathering = new Gathering<>(TOGETHER, this::saved);

  private record Fold(RunId runId, Checkpoint checkpoint) {}

  public PostgresCheckpoints(DataSource dataSource) {
    this.dataSource = dataSource;
    this.queries = Queries.over(dataSource);
  }

  @Override
  public void save(RunId runId, Checkpoint checkpoint) {
    var _ = gathering.call(new Fold(runId, checkpoint));
  }

  private List<Boolean> saved(List<Fold> folds) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(SAVE)) {
      Column.bind(statement, 0, FOLD, List.copyOf(newest(folds)));
      statement.executeUpdate();
      return Collections.nCopies(folds.size(), true);
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  /// One statement cannot write a row twice.
  private static Collection<Fold> newest(List<Fold> folds) {
    TreeMap<String, Fold> newest = new TreeMap<>();
    for (Fold fold : folds) {
      newest.merge(
          fold.runId().toString(),
          fold,
          (one, other) ->
              one.checkpoint().throughSeq() > other.checkpoint().throughSeq() ? one : other);
    }
    return newest.values();
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
