package com.openagents.runtime.postgres;

import static com.openagents.runtime.postgres.Judgement.Verdict.UNFIT;
import static com.openagents.runtime.postgres.Judgement.Verdict.WEAK;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// What a node has to know of its server before it trusts it.
///
/// @param version as the server numbers it: 150018 is 15.18
/// @param synchronousCommit for the connections of the runtime
/// @param inRecovery whether it is a standby
record ServerFacts(
    int version,
    boolean fsync,
    boolean fullPageWrites,
    String synchronousCommit,
    boolean inRecovery) {

  private static final int VERSION_MIN = 150_000;

  private static final String READ =
      """
      select current_setting('server_version_num')::int, current_setting('fsync')::boolean,
        current_setting('full_page_writes')::boolean, current_setting('synchronous_commit'),
        pg_is_in_recovery()
      """;

  static ServerFacts read(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(READ);
        var result = statement.executeQuery()) {
      result.next();
      return new ServerFacts(
          result.getInt(1),
          result.getBoolean(2),
          result.getBoolean(3),
          result.getString(4),
          result.getBoolean(5));
    }
  }

  /// Every fact with what it means for the promises of a store.
  List<Judgement> judged() {
    return List.of(
        Judgement.of(
            version >= VERSION_MIN,
            UNFIT,
            "the server is PostgreSQL %d.%d".formatted(version / 10_000, version % 10_000),
            ", and 15 or newer is needed: upgrade it"),
        Judgement.of(
            !inRecovery,
            UNFIT,
            inRecovery ? "the server is a standby" : "the server is a primary",
            ": connect to the primary"),
        Judgement.of(
            fsync,
            UNFIT,
            "fsync is " + word(fsync),
            ", so a crash of the server can destroy the log: set fsync = on and restart"),
        Judgement.of(
            fullPageWrites,
            WEAK,
            "full_page_writes is " + word(fullPageWrites),
            ", so a crash of the machine can tear pages of the log: set it to on"),
        Judgement.of(
            synchronousCommit.equals("on") || synchronousCommit.equals("remote_apply"),
            WEAK,
            "synchronous_commit is " + synchronousCommit,
            ", so a crash of the server can lose what was acknowledged: set it to on"));
  }

  private static String word(boolean on) {
    return on ? "on" : "off";
  }
}
