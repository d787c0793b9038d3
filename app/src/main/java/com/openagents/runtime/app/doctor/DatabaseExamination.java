package com.openagents.runtime.app.doctor;

import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.app.settings.DatabaseUrl;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.postgres.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Looks at a database that should be there.
final class DatabaseExamination {
  private static final int VERSION_MIN = 15;
  private static final String SUBJECT = "database";

  private DatabaseExamination() {}

  static List<Finding> examine(DatabaseUrl url) {
    var findings = new ArrayList<Finding>();
    try (Connection connection = Database.connect(url)) {
      findings.add(Finding.ok(SUBJECT, url + " answers"));
      findings.add(version(connection));
      findings.add(durability(connection, "fsync", Finding.Verdict.FAILURE));
      findings.add(durability(connection, "full_page_writes", Finding.Verdict.WARNING));
      findings.add(durability(connection, "synchronous_commit", Finding.Verdict.WARNING));
      findings.add(schema(url));
    } catch (SQLException e) {
      findings.add(
          Finding.failure(SUBJECT, "%s does not answer: %s".formatted(url, e.getMessage())));
    } catch (StoreUnavailable e) {
      findings.add(Finding.failure(SUBJECT, String.valueOf(e.getMessage())));
    }
    return findings;
  }

  private static Finding version(Connection connection) throws SQLException {
    var server = connection.getMetaData();
    String text = "PostgreSQL " + server.getDatabaseProductVersion();
    return server.getDatabaseMajorVersion() >= VERSION_MIN
        ? Finding.ok(SUBJECT, text)
        : Finding.failure(SUBJECT, "%s is older than %d".formatted(text, VERSION_MIN));
  }

  private static Finding durability(
      Connection connection, String setting, Finding.Verdict otherwise) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW " + setting)) {
      rows.next();
      String value = rows.getString(1);
      boolean safe = !value.equals("off");
      return new Finding(
          safe ? Finding.Verdict.OK : otherwise,
          SUBJECT,
          setting + " is " + value + (safe ? "" : ": a crash may lose what was acknowledged"));
    }
  }

  private static Finding schema(DatabaseUrl url) {
    try (var connections = Database.connections(url)) {
      int pending = Migrations.pending(connections);
      return pending == 0
          ? Finding.ok(SUBJECT, "its schema is up to date")
          : Finding.warning(
              SUBJECT,
              "its schema lacks %d migrations; `migrate` or a start applies them"
                  .formatted(pending));
    }
  }
}
