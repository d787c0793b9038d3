package com.openagents.runtime.postgres.log;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.postgres.log.EventColumns.Placed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The statements that change runs.
///
/// Each commits by itself, so a process that stops in the middle of it leaves no lock behind.
final class AppendStatement {

  private AppendStatement() {}

  /// Writes to many runs, each run at most once.
  ///
  /// @return a row for each write, in their order
  static List<AppendRow> many(Connection connection, List<PreparedWrite> writes, RowLock lock)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(lock.many())) {
      List<Append> appends = writes.stream().map(PreparedWrite::append).toList();
      List<Placed> events = Placed.of(writes);
      int bound = Column.bind(statement, 0, List.of(WriteColumns.RUN_ID), appends);
      bound = Column.bind(statement, bound, WriteColumns.CHANGE, appends);
      bound = Column.bind(statement, bound, WriteColumns.BEGINNING, writes);
      bound = Column.bind(statement, bound, EventColumns.PLACE, events);
      Column.bind(statement, bound, EventColumns.EVENT, events);
      return rows(statement);
    }
  }

  /// Writes to one run that exists.
  ///
  /// @return empty when something stands against it and nothing was changed
  static Optional<AppendRow> one(Connection connection, PreparedWrite write, RowLock lock)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(lock.one())) {
      List<Placed> events = Placed.of(List.of(write));
      int bound = Column.bind(statement, 0, List.of(WriteColumns.RUN_ID), write.append());
      bound = Column.bind(statement, bound, WriteColumns.CHANGE, write.append());
      statement.setString(++bound, EventColumns.traceId(write.append()));
      Column.bind(statement, bound, EventColumns.EVENT, events);
      return rows(statement).stream().findFirst();
    }
  }

  static List<AppendRow> rows(PreparedStatement statement) throws SQLException {
    List<AppendRow> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(
            new AppendRow(
                result.getString(1),
                result.getObject(2, OffsetDateTime.class).toInstant(),
                result.getLong(3),
                result.getLong(4)));
      }
    }
    return rows;
  }
}
