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
      List<String> warnings = new ArrayList<>(warnings(ServerFacts.read(connection)));
      warnings.addAll(repaired(connection));
      return warnings;
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  /// Looks in the same way as [#run], and neither refuses nor repairs anything.
  ///
  /// @return everything that was looked at
  public static List<Judgement> look(Connection connection) throws SQLException {
    List<Judgement> found = new ArrayList<>(ServerFacts.read(connection).judged());
    long ahead = XidHorizon.ahead(connection);
    found.add(
        Judgement.of(
            ahead == 0,
            Judgement.Verdict.WEAK,
            ahead == 0 ? "no event is of the server's future" : told(ahead),
            "; the next start stamps them anew"));
    return found;
  }

  /// @throws UnfitStore when a promise could not be kept at all
  static List<String> warnings(ServerFacts facts) {
    List<String> warnings = new ArrayList<>();
    for (Judgement judgement : facts.judged()) {
      switch (judgement.verdict()) {
        case SOUND -> {}
        case WEAK -> warnings.add(judgement.text());
        case UNFIT -> throw new UnfitStore(judgement.text());
      }
    }
    return warnings;
  }

  private static String told(long events) {
    return events
        + " events carried transactions that this server has not reached, as after the restore of"
        + " a dump";
  }

  static List<String> repaired(Connection connection) throws SQLException {
    long restamped = XidHorizon.restamp(connection);
    return restamped == 0 ? List.of() : List.of(told(restamped) + "; they were stamped anew");
  }
}
