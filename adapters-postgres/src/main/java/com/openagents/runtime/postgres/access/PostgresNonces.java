package com.openagents.runtime.postgres.access;

import com.openagents.runtime.access.Nonces;
import com.openagents.runtime.access.Verification;
import com.openagents.runtime.postgres.Failures;
import com.openagents.runtime.postgres.Gathering;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/// Remembers nonces for all nodes in tables that are not logged. Thread-safe.
///
/// After a crash the server empties such tables. The time since which nonces are remembered stands
/// in one of them, so it is lost with them and begins again with the next use; tokens issued before
/// it are refused. It begins later by the skew that clocks may have, because a token that was used
/// before the crash may say that it was issued that much later than it was. Every use forgets a few
/// nonces that have expired. Uses that come together are one statement, which takes them in one
/// order, so that two nodes never wait for each other.
public final class PostgresNonces implements Nonces {

  private static final int TOGETHER = 256;

  static final String USE =
      """
      with forgotten as (
        delete from runtime.nonces n
        using (
          select nonce from runtime.nonces
          where expires_at < statement_timestamp()
          order by expires_at limit 4 * cardinality(?::text[])
          for update skip locked
        ) expired
        where n.nonce = expired.nonce
      )
      insert into runtime.nonces (nonce, expires_at)
      select used.nonce, used.expires_at
      from runtime.nonce_memory m,
        unnest(?::text[], ?::timestamptz[], ?::timestamptz[])
          as used (nonce, expires_at, issued_at)
      where m.since <= used.issued_at
      order by used.nonce
      on conflict do nothing
      returning nonce
      """;

  private static final String REMEMBER_FROM_NOW =
      """
      insert into runtime.nonce_memory (since)
      values (clock_timestamp() + ? * interval '1 second')
      on conflict do nothing
      """;

  private final DataSource dataSource;
  private final Gathering<Use, Boolean> gathering = new Gathering<>(TOGETHER, this::use);

  /// A nonce, and what its token says of its time.
  private record Use(String nonce, Instant issuedAt, Instant expiresAt) {}

  public PostgresNonces(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public boolean use(String nonce, Instant issuedAt, Instant expiresAt) {
    return gathering.call(new Use(nonce, issuedAt, expiresAt));
  }

  private List<Boolean> use(List<Use> uses) {
    try (Connection connection = dataSource.getConnection()) {
      Set<String> first = insert(connection, uses);
      if (first.size() < uses.size()) {
        rememberFromNow(connection);
      }
      return uses.stream().map(use -> first.remove(use.nonce())).toList();
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  /// @return the nonces that were not there
  private static Set<String> insert(Connection connection, List<Use> uses) throws SQLException {
    Array nonces = texts(connection, uses, Use::nonce);
    try (PreparedStatement statement = connection.prepareStatement(USE)) {
      statement.setArray(1, nonces);
      statement.setArray(2, nonces);
      statement.setArray(3, texts(connection, uses, use -> use.expiresAt().toString()));
      statement.setArray(4, texts(connection, uses, use -> use.issuedAt().toString()));
      Set<String> first = new HashSet<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          first.add(rows.getString(1));
        }
      }
      return first;
    }
  }

  private static Array texts(Connection connection, List<Use> uses, Function<Use, String> text)
      throws SQLException {
    return connection.createArrayOf("text", uses.stream().map(text).toArray());
  }

  private static void rememberFromNow(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REMEMBER_FROM_NOW)) {
      statement.setLong(1, Verification.SKEW.toSeconds());
      statement.executeUpdate();
    }
  }
}
