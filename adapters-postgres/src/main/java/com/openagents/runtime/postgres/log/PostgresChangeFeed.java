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

/// Compares two snapshots of the database: a position is the text of the earlier one.
///
/// What became visible in between was written by a transaction that began after the earlier
/// snapshot, or was open in it. The look costs what is new; no open transaction of anybody hides
/// what another has committed, and nobody's late commit is passed over. Thread-safe.
public final class PostgresChangeFeed implements ChangeFeed {

  private static final String NOW = "select pg_current_snapshot()::text";

  /// Answers one row at least. A position beyond this server's transactions was taken on another
  /// server, whose data this one was restored from: everything may be new to whoever holds it.
  private static final String SINCE =
      """
      with before as materialized (select ?::pg_snapshot as seen)
      select pg_current_snapshot()::text, c.run_id, c.last_seq
      from (values (true)) as look
      left join (
        select run_id, max(seq) as last_seq
        from runtime.events
        where xid >= (
            select case
              when pg_snapshot_xmax(seen) <= pg_snapshot_xmax(pg_current_snapshot())
                then pg_snapshot_xmax(seen)
              else '0'::xid8
            end
            from before
          )
          or xid = any (array(select pg_snapshot_xip(seen) from before))
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
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(SINCE)) {
      statement.setString(1, position.token());
      try (ResultSet result = statement.executeQuery()) {
        return changes(result);
      }
    } catch (SQLException e) {
      if (Failures.blamesTheValues(e)) {
        throw new IllegalArgumentException("not a position of this store", e);
      }
      throw Failures.unavailable(e);
    }
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
