package com.openagents.runtime.postgres;

import com.openagents.runtime.log.StoreUnavailable;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the schema `runtime` to the version that this build needs.
///
/// Flyway holds a lock in the database, so nodes that start together take turns.
public final class Migrations {

  private static final String SCHEMA = "runtime";

  private Migrations() {}

  /// @return how many migrations were applied
  /// @throws StoreUnavailable when the database does not answer or refuses a migration
  public static int apply(DataSource dataSource) {
    try {
      return flyway(dataSource).migrate().migrationsExecuted;
    } catch (FlywayException e) {
      throw new StoreUnavailable("the schema could not be brought up to date", e);
    }
  }

  /// @return how many migrations this build knows and the database has not yet
  public static int pending(DataSource dataSource) {
    try {
      return flyway(dataSource).info().pending().length;
    } catch (FlywayException e) {
      throw new StoreUnavailable("the schema's version could not be read", e);
    }
  }

  private static Flyway flyway(DataSource dataSource) {
    return Flyway.configure()
        .dataSource(dataSource)
        .schemas(SCHEMA)
        .table("schema_history")
        .locations("classpath:db/migration")
        .load();
  }
}
