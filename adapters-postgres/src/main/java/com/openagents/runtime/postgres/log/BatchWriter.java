package com.openagents.runtime.postgres.log;

import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.postgres.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// Writes batches of any size, each over one connection.
final class BatchWriter {

  static final int STATEMENT_MAX = 128;

  private final DataSource dataSource;

  BatchWriter(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// @throws StoreUnavailable when it is not known whether anything was written
  List<WriteResult> write(List<PreparedWrite> writes) {
    try (Connection connection = dataSource.getConnection()) {
      return new Batch(connection, writes).write(STATEMENT_MAX);
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }
}
