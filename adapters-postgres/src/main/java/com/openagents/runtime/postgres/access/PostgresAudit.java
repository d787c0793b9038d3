package com.openagents.runtime.postgres.access;

import static com.openagents.runtime.postgres.jooq.Tables.AUDIT;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.postgres.jooq.tables.records.AuditRecord;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What operators did, in one table. Thread-safe.
public final class PostgresAudit implements Audit {

  private final DSLContext queries;

  public PostgresAudit(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
  }

  @Override
  public void record(Entry entry) {
    queries
        .insertInto(AUDIT)
        .set(AUDIT.ACTOR, entry.actor())
        .set(AUDIT.ACTION, entry.action())
        .set(AUDIT.SUBJECT, entry.subject())
        .set(AUDIT.REASON, entry.reason())
        .set(AUDIT.STATE_BEFORE, written(entry.before()))
        .set(AUDIT.STATE_AFTER, written(entry.after()))
        .execute();
  }

  @Override
  public List<Row> list(@Nullable Long before, int limit) {
    return queries
        .selectFrom(AUDIT)
        .where(before == null ? DSL.noCondition() : AUDIT.NUMBER.lt(before))
        .orderBy(AUDIT.NUMBER.desc())
        .limit(limit)
        .fetch(PostgresAudit::row);
  }

  private static Row row(AuditRecord row) {
    var entry =
        new Entry(
            row.getActor(),
            row.getAction(),
            row.getSubject(),
            row.getReason(),
            read(row.getStateBefore()),
            read(row.getStateAfter()));
    return new Row(row.getNumber(), row.getAt(), entry);
  }

  private static @Nullable JSON written(@Nullable Json state) {
    return state == null ? null : JSON.json(CanonicalJson.write(state));
  }

  private static @Nullable Json read(@Nullable JSON stored) {
    return stored == null ? null : JsonReader.read(stored.data());
  }
}
