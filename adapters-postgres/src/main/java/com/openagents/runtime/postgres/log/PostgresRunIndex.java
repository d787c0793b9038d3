package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.RUNS;
import static org.jooq.impl.DSL.row;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import com.openagents.runtime.postgres.Queries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Finds runs by their rows. Thread-safe.
///
/// The conditions of `active`, `due`, `expired` and `unsealed` repeat those of the partial indexes,
/// which hold only the few runs that go on or that somebody has to look after.
public final class PostgresRunIndex implements RunIndex {

  private static final int PAGE_MAX = 200;

  /// The clock at the beginning of the look, which an index can be searched for.
  private static final Field<Instant> STATEMENT_BEGAN =
      DSL.field("statement_timestamp()", SQLDataType.INSTANT);

  static final String ACTIVE =
      RunHeads.select()
          .where(RUNS.THREAD_ID.eq(DSL.val("", RUNS.THREAD_ID)), RUNS.ENDED_AT.isNull())
          .orderBy(RUNS.CREATED_AT.desc(), RUNS.RUN_ID.desc())
          .limit(DSL.val(1))
          .getSQL();

  private static final String DUE =
      RunHeads.select()
          .where(RUNS.LEASE_OWNER.isNull(), RUNS.WAKE_AT.isNotNull(), RUNS.ENDED_AT.isNull())
          .and(RUNS.WAKE_AT.le(STATEMENT_BEGAN))
          .orderBy(RUNS.WAKE_AT, RUNS.RUN_ID)
          .limit(DSL.val(PAGE_MAX))
          .getSQL();

  private static final String EXPIRED =
      RunHeads.select()
          .where(RUNS.LEASE_OWNER.isNotNull(), RUNS.ENDED_AT.isNull())
          .and(RUNS.LEASE_EXPIRES_AT.lt(STATEMENT_BEGAN))
          .orderBy(RUNS.LEASE_EXPIRES_AT, RUNS.RUN_ID)
          .limit(DSL.val(PAGE_MAX))
          .getSQL();

  private final DataSource dataSource;
  private final DSLContext queries;
  private final ReadableRuns readable = new ReadableRuns();

  public PostgresRunIndex(DataSource dataSource) {
    this.dataSource = dataSource;
    this.queries = Queries.over(dataSource);
  }

  @Override
  public List<RunHead> list(Query query) {
    if (query.limit() < 1 || query.limit() > PAGE_MAX) {
      throw new IllegalArgumentException("limit is from 1 to " + PAGE_MAX);
    }
    return ReadableRuns.list(
        query.limit(),
        rows -> {
          var select =
              RunHeads.select()
                  .where(conditions(query))
                  .orderBy(RUNS.CREATED_AT.desc(), RUNS.RUN_ID.desc())
                  .limit(rows);
          return RunHeads.rows(
              dataSource, select.getSQL(), select.getBindValues(), readable::leaveOut);
        });
  }

  private static List<Condition> conditions(Query query) {
    List<Condition> conditions = new ArrayList<>();
    if (query.owner() != null) {
      conditions.add(RUNS.OWNER.eq(query.owner().key()));
    }
    if (query.threadId() != null) {
      conditions.add(RUNS.THREAD_ID.eq(query.threadId().value()));
    }
    if (query.status() != null) {
      conditions.add(RUNS.STATUS.eq(query.status()));
    }
    if (query.agent() != null) {
      conditions.add(RUNS.AGENT.eq(query.agent()));
    }
    if (query.before() != null) {
      var before = query.before();
      conditions.add(
          row(RUNS.CREATED_AT, RUNS.RUN_ID).lt(before.createdAt(), before.runId().value()));
    }
    return conditions;
  }

  @Override
  public Optional<RunHead> active(ThreadId threadId) {
    return some(ACTIVE, 1, threadId.value()).stream().findFirst();
  }

  @Override
  public List<RunHead> due(int limit) {
    return some(DUE, limit);
  }

  @Override
  public List<RunHead> expired(int limit) {
    return some(EXPIRED, limit);
  }

  private List<RunHead> some(String sql, int limit, Object... binds) {
    return ReadableRuns.list(
        limit,
        rows -> {
          List<Object> all = new ArrayList<>(List.of(binds));
          all.add(rows);
          return RunHeads.rows(dataSource, sql, all, readable::leaveOut);
        });
  }

  @Override
  public List<RunId> unsealed(int limit) {
    return queries
        .select(RUNS.RUN_ID)
        .from(RUNS)
        .where(RUNS.ENDED_AT.isNotNull(), RUNS.SEALED.isFalse())
        .orderBy(RUNS.CREATED_AT, RUNS.RUN_ID)
        .limit(limit)
        .fetch(row -> new RunId(row.value1()));
  }
}
