package com.openagents.runtime.postgres.log;

import com.openagents.runtime.postgres.Queries;
import java.util.UUID;
import javax.sql.DataSource;

/// Names a log among all there are: a name that it was given when its tables were made, and that a
/// copy of the database has too.
public final class PostgresLogIdentity {

  private PostgresLogIdentity() {}

  /// @throws com.openagents.runtime.log.StoreUnavailable when the database does not answer
  public static String of(DataSource dataSource) {
    return Queries.over(dataSource)
        .resultQuery("select id from runtime.log_identity")
        .fetchSingle(row -> row.get("id", UUID.class).toString());
  }
}
