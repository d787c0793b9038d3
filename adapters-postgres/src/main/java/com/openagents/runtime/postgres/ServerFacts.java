package com.openagents.runtime.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What a node has to know of its server before it trusts it.
///
/// @param version as the server numbers it: 150018 is 15.18
/// @param synchronousCommit for the connections of the runtime
/// @param inRecovery whether it is a standby
record ServerFacts(int version, boolean fsync, String synchronousCommit, boolean inRecovery) {

  private static final String READ =
      """
      select current_setting('server_version_num')::int, current_setting('fsync')::boolean,
        current_setting('synchronous_commit'), pg_is_in_recovery()
      """;

  static ServerFacts read(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(READ);
        var result = statement.executeQuery()) {
      result.next();
      return new ServerFacts(
          result.getInt(1), result.getBoolean(2), result.getString(3), result.getBoolean(4));
    }
  }

  /// @return what is allowed but weakens a promise
  /// @throws UnfitStore when a promise could not be kept at all
  List<String> judged() {
    if (version < 150_000) {
      throw new UnfitStore(
          "PostgreSQL 15 or newer is needed, this is " + version / 10_000 + ": upgrade the server");
    }
    if (inRecovery) {
      throw new UnfitStore("this server is a standby: connect to the primary");
    }
    if (!fsync) {
      throw new UnfitStore(
          "fsync is off, so a crash of the server can destroy the log: set fsync = on and restart");
    }
    List<String> warnings = new ArrayList<>();
    if (!synchronousCommit.equals("on") && !synchronousCommit.equals("remote_apply")) {
      warnings.add(
          "synchronous_commit is "
              + synchronousCommit
              + ", so a crash of the server can lose what was acknowledged: set it to on");
    }
    return warnings;
  }
}
