package com.openagents.runtime.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
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

  private XidHorizon() {}

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
