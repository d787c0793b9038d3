package com.openagents.runtime.postgres.log;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.ChangeFeed;
import com.openagents.runtime.postgres.Failures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGStatement;

/// Compares two snapshots of the database: a position is the text of the earlier one.
///
/// What became visible in between was written by a transaction that began after the earlier
/// snapshot, or was open in it. The look costs what is new; no open transaction of anybody hides
/// what another has committed, and nobody's late commit is passed over. A position beyond this
/// server's transactions was taken on another, whose data this one was restored from: to whoever
/// holds it everything may be new.
///
/// Each look is planned anew, because what is good for a young table is not for an old one.
/// Thread-safe.
public final class PostgresChangeFeed implements ChangeFeed {

  private static final String NOW = "select pg_current_snapshot()::text";

  /// Answers one row at least.
  static final String SINCE =
      """
      select pg_current_snapshot()::text, c.run_id, c.last_seq
      from (values (true)) as look
      left join (
        select run_id, max(seq) as last_seq
        from (
          (select run_id, seq from runtime.events where xid >= ?::xid8 offset 0)
          union all
          (select run_id, seq from runtime.events where xid = any (?::text[]::xid8[]) offset 0)
        ) visible
        group by run_id
      ) c on true
      """;

  /// The same, up to the transaction that wrote the last of so many events, or of all. That
  /// transaction is null when all of them are told.
  static final String OLDEST =
      """
      with last as materialized (
        select xid from runtime.events where xid >= ?::xid8 order by xid offset ? limit 1
      )
      select pg_current_snapshot()::text, c.run_id, c.last_seq, (select xid::text from last)
      from (values (true)) as look
      left join (
        select run_id, max(seq) as last_seq
        from (
          (select run_id, seq from runtime.events
            where xid >= ?::xid8
              and xid <= coalesce((select xid from last), '9223372036854775807'::xid8) offset 0)
          union all
          (select run_id, seq from runtime.events where xid = any (?::text[]::xid8[]) offset 0)
        ) visible
        group by run_id
      ) c on true
      """;

  private final DataSource dataSource;

  public PostgresChangeFeed(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Position now() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(NOW);
        ResultSet result = statement.executeQuery()) {
      result.next();
      return new Position(result.getString(1));
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  @Override
  public Changes since(Position position) {
    Snapshot seen = Snapshot.parse(position.token());
    Changes changes = since(seen);
    return Snapshot.parse(changes.next().token()).isBefore(seen)
        ? since(Snapshot.OF_NOTHING)
        : changes;
  }

  @Override
  public Changes since(Position position, int events) {
    Snapshot seen = Snapshot.parse(position.token());
    Changes changes = oldest(seen, events);
    return Snapshot.parse(changes.next().token()).isBefore(seen)
        ? oldest(Snapshot.OF_NOTHING, events)
        : changes;
  }

  private Changes oldest(Snapshot seen, int events) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(OLDEST)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      bindOldest(statement, seen, events);
      try (ResultSet result = statement.executeQuery()) {
        return oldest(result);
      }
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  static void bindOldest(PreparedStatement statement, Snapshot seen, int events)
      throws SQLException {
    statement.setString(1, Long.toString(seen.next()));
    statement.setInt(2, events - 1);
    statement.setString(3, Long.toString(seen.next()));
    statement.setArray(
        4, statement.getConnection().createArrayOf("text", seen.open().toArray(String[]::new)));
  }

  private static Changes oldest(ResultSet result) throws SQLException {
    List<Change> changes = new ArrayList<>();
    Snapshot now = Snapshot.OF_NOTHING;
    String last = null;
    while (result.next()) {
      now = Snapshot.parse(result.getString(1));
      last = result.getString(4);
      add(result, changes);
    }
    Snapshot next = last == null ? now : now.before(Long.parseLong(last) + 1);
    return new Changes(changes, new Position(next.text()), last != null);
  }

  private Changes since(Snapshot seen) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(SINCE)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
      bind(statement, seen);
      try (ResultSet result = statement.executeQuery()) {
        return changes(result);
      }
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  static void bind(PreparedStatement statement, Snapshot seen) throws SQLException {
    statement.setString(1, Long.toString(seen.next()));
    statement.setArray(
        2, statement.getConnection().createArrayOf("text", seen.open().toArray(String[]::new)));
  }

  private static Changes changes(ResultSet result) throws SQLException {
    List<Change> changes = new ArrayList<>();
    String next = "";
    while (result.next()) {
      next = result.getString(1);
      add(result, changes);
    }
    return new Changes(changes, new Position(next));
  }

  private static void add(ResultSet result, List<Change> changes) throws SQLException {
    UUID runId = result.getObject(2, UUID.class);
    if (runId != null) {
      changes.add(new Change(new RunId(runId), result.getLong(3)));
    }
  }
}
