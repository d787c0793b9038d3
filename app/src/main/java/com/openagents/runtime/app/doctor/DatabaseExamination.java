package com.openagents.runtime.app.doctor;

import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.app.settings.DatabaseUrl;
import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.postgres.Judgement;
import com.openagents.runtime.postgres.Migrations;
import com.openagents.runtime.postgres.StoreCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Looks at a database that should be there.
final class DatabaseExamination {
  private static final String SUBJECT = "database";

  private DatabaseExamination() {}

  static List<Finding> examine(DatabaseUrl url) {
    var findings = new ArrayList<Finding>();
    try (Connection connection = Database.connect(url)) {
      findings.add(Finding.ok(SUBJECT, url + " answers"));
      for (Judgement judgement : StoreCheck.look(connection)) {
        findings.add(finding(judgement));
      }
      findings.add(schema(url));
    } catch (SQLException e) {
      findings.add(
          Finding.failure(SUBJECT, "%s does not answer: %s".formatted(url, e.getMessage())));
    } catch (StoreUnavailable e) {
      findings.add(Finding.failure(SUBJECT, String.valueOf(e.getMessage())));
    }
    return findings;
  }

  /// What would stop a start, and what it would warn of.
  static Finding finding(Judgement judgement) {
    return switch (judgement.verdict()) {
      case SOUND -> Finding.ok(SUBJECT, judgement.text());
      case WEAK -> Finding.warning(SUBJECT, judgement.text());
      case UNFIT -> Finding.failure(SUBJECT, judgement.text());
    };
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
