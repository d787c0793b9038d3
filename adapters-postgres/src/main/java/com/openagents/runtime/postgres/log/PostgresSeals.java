package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.AGED_RANGES;
import static com.openagents.runtime.postgres.jooq.Tables.SEALS;
import static org.jooq.impl.DSL.field;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.postgres.Failures;
import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.postgres.jooq.tables.records.AgedRangesRecord;
import com.openagents.runtime.postgres.jooq.tables.records.SealsRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/// The seals of ended runs, and what aged out. Thread-safe.
public final class PostgresSeals implements Seals {

  /// Keeps the first seals and takes the runs off the list of the unsealed. Passes rows that
  /// somebody holds, so that none of them keeps others from their seals.
  static final String SAVE = saving("for no key update of r skip locked");

  private static final String SAVE_ONE = saving("for no key update of r");

  private static final List<Column<Map.Entry<RunId, Seal>>> SEAL =
      List.of(
          Column.text(sealed -> sealed.getKey().toString()),
          Column.int8(sealed -> sealed.getValue().throughSeq()),
          Column.int8(sealed -> sealed.getValue().count()),
          Column.bytea(sealed -> sealed.getValue().head().bytes()),
          Column.text(sealed -> sealed.getValue().keyId()),
          Column.text(sealed -> sealed.getValue().signature()),
          Column.text(sealed -> sealed.getValue().at().toString()));

  /// Goes from key to key along the indexes, so that it does not grow with the number of seals.
  private static final String KEYS =
      """
      with recursive sealed (key_id) as (
        select min(key_id) from runtime.seals
        union all
        select (select min(s.key_id) from runtime.seals s where s.key_id > k.key_id)
        from sealed k
        where k.key_id is not null
      ), aged (key_id) as (
        select min(key_id) from runtime.aged_ranges
        union all
        select (select min(a.key_id) from runtime.aged_ranges a where a.key_id > k.key_id)
        from aged k
        where k.key_id is not null
      )
      select key_id from sealed where key_id is not null
      union
      select key_id from aged where key_id is not null
      """;

  private final DataSource dataSource;
  private final DSLContext queries;

  public PostgresSeals(DataSource dataSource) {
    this.dataSource = dataSource;
    this.queries = Queries.over(dataSource);
  }

  private static String saving(String lock) {
    return """
    with given as materialized (
      select run_id::uuid, through_seq, events, head, key_id, signature, sealed_at::timestamptz
      from unnest(
        ?::text[], ?::bigint[], ?::bigint[], ?::bytea[], ?::text[], ?::text[], ?::text[])
        as g (run_id, through_seq, events, head, key_id, signature, sealed_at)
    ), locked as materialized (
      select r.run_id from given g join runtime.runs r on r.run_id = g.run_id
      %s
    ), first as (
      insert into runtime.seals
        (run_id, through_seq, events, head, key_id, signature, sealed_at)
      select g.* from given g join locked l on l.run_id = g.run_id
      on conflict do nothing
      returning run_id
    )
    update runtime.runs r set sealed = true from first where r.run_id = first.run_id
    """
        .formatted(lock);
  }

  @Override
  public void save(Map<RunId, Seal> seals) {
    save(SAVE, seals);
  }

  @Override
  public void save(RunId runId, Seal seal) {
    save(SAVE_ONE, Map.of(runId, seal));
  }

  private void save(String sql, Map<RunId, Seal> seals) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      Column.bind(statement, 0, SEAL, List.copyOf(seals.entrySet()));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  @Override
  public Optional<Seal> find(RunId runId) {
    return queries
        .selectFrom(SEALS)
        .where(SEALS.RUN_ID.eq(runId.value()))
        .fetchOptional(PostgresSeals::seal);
  }

  @Override
  public List<AgedRange> aged(RunId runId) {
    return queries
        .selectFrom(AGED_RANGES)
        .where(AGED_RANGES.RUN_ID.eq(runId.value()))
        .orderBy(AGED_RANGES.FROM_SEQ)
        .fetch(PostgresSeals::range);
  }

  private static AgedRange range(AgedRangesRecord row) {
    return new AgedRange(
        row.getFromSeq(),
        row.getThroughSeq(),
        Digests.of(row.getHead()),
        row.getKeyId(),
        row.getSignature(),
        row.getSignedAt());
  }

  @Override
  public Set<String> keys() {
    return queries.resultQuery(KEYS).fetchSet(field("key_id", String.class));
  }

  private static Seal seal(SealsRecord row) {
    return new Seal(
        row.getThroughSeq(),
        row.getEvents(),
        Digests.of(row.getHead()),
        row.getKeyId(),
        row.getSignature(),
        row.getSealedAt());
  }
}
