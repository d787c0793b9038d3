package com.openagents.runtime.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Holds the transactions stamped on events against those that the server has given out.
///
/// A dump restored into a younger server brings events of its future; no reader of changes would
/// see what is written beside them in order. They are stamped as if written now: readers of changes
/// hear of them once more, which they must bear anyway.
final class XidHorizon {

  private static final String RESTAMP =
      """
      update runtime.events e
      set xid = pg_current_xact_id()
      from (
        select run_id, seq from runtime.events
        where xid >= pg_snapshot_xmax(pg_current_snapshot())
        order by xid desc
        limit 10000
      ) ahead
      where e.run_id = ahead.run_id and e.seq = ahead.seq
      """;

  private static final String HAS_EVENTS = "select to_regclass('runtime.events') is not null";

  private static final String AHEAD =
      """
      select count(*) from runtime.events where xid >= pg_snapshot_xmax(pg_current_snapshot())
      """;

  private XidHorizon() {}

  /// How many events are from the future; none where the schema is not there yet.
  static long ahead(Connection connection) throws SQLException {
    return value(connection, HAS_EVENTS, result -> result.getBoolean(1))
        ? value(connection, AHEAD, result -> result.getLong(1))
        : 0;
  }

  private interface Column<T> {
    T of(ResultSet result) throws SQLException;
  }

  private static <T> T value(Connection connection, String sql, Column<T> column)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      result.next();
      return column.of(result);
    }
  }

  /// @return how many events had come from the future
  static long restamp(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RESTAMP)) {
      long restamped = 0;
      int page = statement.executeUpdate();
      while (page > 0) {
        restamped += page;
        page = statement.executeUpdate();
      }
      return restamped;
    }
  }
}
