package com.openagents.runtime.postgres.access;

import static com.openagents.runtime.postgres.jooq.Tables.TOKEN_REVOCATIONS;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.postgres.Queries;
import com.openagents.runtime.postgres.jooq.tables.records.TokenRevocationsRecord;
import com.openagents.runtime.token.Revocation;
import com.openagents.runtime.token.Revocations;
import com.openagents.runtime.token.Revoked;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Which tokens are revoked, in one table. Every new revocation forgets those that have ended.
/// Thread-safe.
public final class PostgresRevocations implements Revocations {

  private static final String TOKEN = "token";
  private static final String SUBJECT = "subject";

  private final DSLContext queries;

  public PostgresRevocations(DataSource dataSource) {
    this.queries = Queries.over(dataSource);
  }

  @Override
  public Instant revoke(Revoked what, Instant until) {
    queries.deleteFrom(TOKEN_REVOCATIONS).where(TOKEN_REVOCATIONS.UNTIL.le(now())).execute();
    return queries
        .insertInto(TOKEN_REVOCATIONS)
        .set(TOKEN_REVOCATIONS.KIND, kind(what))
        .set(TOKEN_REVOCATIONS.NAME, name(what))
        .set(TOKEN_REVOCATIONS.UNTIL, until)
        .onConflict(TOKEN_REVOCATIONS.KIND, TOKEN_REVOCATIONS.NAME)
        .doUpdate()
        .set(
            TOKEN_REVOCATIONS.UNTIL,
            DSL.greatest(TOKEN_REVOCATIONS.UNTIL, DSL.excluded(TOKEN_REVOCATIONS.UNTIL)))
        .returningResult(TOKEN_REVOCATIONS.UNTIL)
        .fetchSingle()
        .value1();
  }

  @Override
  public Optional<Revocation> lift(Revoked what) {
    return queries
        .deleteFrom(TOKEN_REVOCATIONS)
        .where(is(kind(what), name(what)).and(lasts()))
        .returning()
        .fetchOptional(PostgresRevocations::revocation);
  }

  @Override
  public boolean isRevoked(@Nullable String tokenId, Principal subject) {
    Condition either = is(SUBJECT, subject.key());
    return queries.fetchExists(
        TOKEN_REVOCATIONS, lasts().and(tokenId == null ? either : either.or(is(TOKEN, tokenId))));
  }

  @Override
  public List<Revocation> list(int limit) {
    return queries
        .selectFrom(TOKEN_REVOCATIONS)
        .where(lasts())
        .orderBy(TOKEN_REVOCATIONS.UNTIL.desc())
        .limit(limit)
        .fetch(PostgresRevocations::revocation);
  }

  private static Condition is(String kind, String name) {
    return TOKEN_REVOCATIONS.KIND.eq(kind).and(TOKEN_REVOCATIONS.NAME.eq(name));
  }

  private static Condition lasts() {
    return TOKEN_REVOCATIONS.UNTIL.gt(now());
  }

  private static Field<Instant> now() {
    return DSL.field("clock_timestamp()", SQLDataType.INSTANT);
  }

  private static Revocation revocation(TokenRevocationsRecord row) {
    Revoked what =
        row.getKind().equals(TOKEN)
            ? new Revoked.TokenId(row.getName())
            : new Revoked.Subject(Principal.ofKey(row.getName()));
    return new Revocation(what, row.getUntil());
  }

  private static String kind(Revoked what) {
    return what instanceof Revoked.TokenId ? TOKEN : SUBJECT;
  }

  private static String name(Revoked what) {
    return switch (what) {
      case Revoked.TokenId(String id) -> id;
      case Revoked.Subject(Principal principal) -> principal.key();
    };
  }
}
