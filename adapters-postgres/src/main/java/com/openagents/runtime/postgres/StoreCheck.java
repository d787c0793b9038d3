package com.openagents.runtime.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// Looks at a database before a node uses it, after the migrations.
public final class StoreCheck {

  private StoreCheck() {}

  /// Refuses what would break a promise, and repairs what a restored dump leaves behind.
  ///
  /// @return warnings for the operator
  /// @throws UnfitStore when the database must not be used as it is
  /// @throws com.openagents.runtime.log.StoreUnavailable when it does not answer
  public static List<String> run(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      List<String> warnings = new ArrayList<>(ServerFacts.read(connection).judged());
      warnings.addAll(repaired(connection));
      return warnings;
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  static List<String> repaired(Connection connection) throws SQLException {
    long restamped = XidHorizon.restamp(connection);
    return restamped == 0
        ? List.of()
        : List.of(
            restamped
                + " events carried transactions that this server has not reached, as after the"
                + " restore of a dump; they were stamped anew");
  }
}
