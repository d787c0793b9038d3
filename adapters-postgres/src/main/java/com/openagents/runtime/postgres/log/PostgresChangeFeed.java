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
      UUID runId = result.getObject(2, UUID.class);
      if (runId != null) {
        changes.add(new Change(new RunId(runId), result.getLong(3)));
      }
    }
    return new Changes(changes, new Position(next));
  }
}
