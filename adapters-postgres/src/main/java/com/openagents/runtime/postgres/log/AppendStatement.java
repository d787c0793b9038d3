package com.openagents.runtime.postgres.log;

import com.openagents.runtime.log.Appended;
import com.openagents.runtime.log.Appended.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one statement that changes runs: writes to many runs, each run at most once.
///
/// It commits by itself, so a process that stops in the middle of it leaves no lock behind.
final class AppendStatement {

  static final String SQL = Sql.read("append.sql");

  private AppendStatement() {}

  /// @param refusal null when the write is durable
  record Row(@Nullable String refusal, Instant at, long lastSeq, long epoch) {

    /// Whether the frame may have been taken before, which would be the answer instead.
    boolean hidesAFrame() {
      return switch (refusal) {
        case null -> false;
        case "UNKNOWN_RUN", "FOREIGN", "DUPLICATE", "CONFLICT" -> false;
        default -> true;
      };
    }

    Appended outcome(int events) {
      return switch (refusal) {
        case null -> new Appended.Written(lastSeq - events + 1, lastSeq, epoch, at);
        case "DUPLICATE" -> new Appended.Duplicate(lastSeq);
        default -> new Appended.Refused(Refusal.valueOf(refusal), lastSeq, epoch);
      };
    }
  }

  /// @return a row for each write, in their order
  static List<Row> execute(Connection connection, List<PreparedWrite> writes) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      AppendParameters.bind(statement, writes);
      List<Row> rows = new ArrayList<>(writes.size());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(
              new Row(
                  result.getString(1),
                  result.getObject(2, OffsetDateTime.class).toInstant(),
                  result.getLong(3),
                  result.getLong(4)));
        }
      }
      return rows;
    }
  }
}
