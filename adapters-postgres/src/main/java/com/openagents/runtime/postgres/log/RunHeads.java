package com.openagents.runtime.postgres.log;

import static com.openagents.runtime.postgres.jooq.Tables.RUNS;

import com.openagents.runtime.event.RunSpec.AgentRef;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.Columns;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.postgres.Failures;
import com.openagents.runtime.postgres.log.ReadableRuns.Rows;
import com.openagents.runtime.run.Run;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.SelectWhereStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Reads the rows beside the logs.
///
/// jOOQ writes the queries, which those that never change need only once; to write one takes longer
/// than to make it.
final class RunHeads {

  /// The store's clock; not frozen for the transaction, as `now()` is.
  static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", SQLDataType.INSTANT);

  private RunHeads() {}

  /// The columns in the order in which they are read. What ageing keeps is not among them; it may
  /// be a time that Java does not know: infinity.
  static SelectWhereStep<? extends Record> select() {
    return DSL.using(SQLDialect.POSTGRES)
        .select(
            RUNS.RUN_ID,
            RUNS.THREAD_ID,
            RUNS.OWNER,
            RUNS.AGENT,
            RUNS.AGENT_VERSION,
            RUNS.CONTENT,
            RUNS.STATUS,
            RUNS.WAITING_FOR,
            RUNS.WAIT_UNTIL,
            RUNS.REASON_CLASS,
            RUNS.RECOVERIES,
            RUNS.LAST_SEQ,
            RUNS.FLOOR,
            RUNS.EPOCH,
            RUNS.LEASE_OWNER,
            RUNS.LEASE_EXPIRES_AT,
            RUNS.WAKE_AT,
            RUNS.CREATED_AT,
            RUNS.UPDATED_AT,
            CLOCK)
        .from(RUNS);
  }

  /// The one row that a query finds, if there is one.
  ///
  /// @param sql the text of a [#select]
  /// @throws IllegalArgumentException when this version cannot read the row
  static Optional<RunHead> one(DataSource dataSource, String sql, List<?> binds) {
    BiConsumer<UUID, IllegalArgumentException> refused =
        (_, why) -> {
          throw why;
        };
    return rows(dataSource, sql, binds, refused).heads().stream().findFirst();
  }

  /// @param sql the text of a [#select]
  /// @param unreadable told of rows that this version cannot read, which are left out
  static Rows rows(
      DataSource dataSource,
      String sql,
      List<?> binds,
      BiConsumer<UUID, IllegalArgumentException> unreadable) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < binds.size(); i++) {
        Object bind = binds.get(i);
        statement.setObject(i + 1, bind instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : bind);
      }
      return rows(statement, unreadable);
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  private static Rows rows(
      PreparedStatement statement, BiConsumer<UUID, IllegalArgumentException> unreadable)
      throws SQLException {
    List<RunHead> heads = new ArrayList<>();
    int read = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        read++;
        try {
          heads.add(head(rows));
        } catch (IllegalArgumentException e) {
          unreadable.accept(rows.getObject(1, UUID.class), e);
        }
      }
    }
    return new Rows(heads, read);
  }

  private static RunHead head(ResultSet row) throws SQLException {
    Run state =
        Run.ofColumns(row.getString(7), row.getString(8), instantIfAny(row, 9), row.getString(10));
    return new RunHead(
        new RunId(row.getObject(1, UUID.class)),
        new ThreadId(row.getString(2)),
        Principal.ofKey(row.getString(3)),
        new AgentRef(row.getString(4), row.getInt(5)),
        Digests.of(row.getBytes(6)),
        new Columns(state, row.getInt(11)),
        row.getLong(12),
        row.getLong(13),
        lease(row.getLong(14), row.getString(15), instantIfAny(row, 16)),
        instantIfAny(row, 17),
        instant(row, 18),
        instant(row, 19),
        instant(row, 20));
  }

  private static Lease lease(long epoch, @Nullable String owner, @Nullable Instant expiresAt) {
    return owner == null || expiresAt == null
        ? new Lease.Free(epoch)
        : new Lease.Held(epoch, new NodeId(owner), expiresAt);
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instantIfAny(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
