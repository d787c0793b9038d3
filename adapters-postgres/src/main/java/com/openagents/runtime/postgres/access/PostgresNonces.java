package com.openagents.runtime.postgres.access;

import com.openagents.runtime.access.Nonces;
import com.openagents.runtime.access.Verification;
import com.openagents.runtime.postgres.Failures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/// Remembers nonces for all nodes in tables that are not logged. Thread-safe.
///
/// After a crash the server empties such tables. The time since which nonces are remembered stands
/// in one of them, so it is lost with them and begins again with the next use; tokens issued before
/// it are refused. It begins later by the skew that clocks may have, because a token that was used
/// before the crash may say that it was issued that much later than it was. Every use forgets a few
/// nonces that have expired.
public final class PostgresNonces implements Nonces {

  private static final String USE =
      """
      with forgotten as (
        delete from runtime.nonces n
        using (
          select nonce from runtime.nonces
          where expires_at < clock_timestamp()
          order by expires_at limit 4
          for update skip locked
        ) expired
        where n.nonce = expired.nonce
      )
      insert into runtime.nonces (nonce, expires_at)
      select ?, ? from runtime.nonce_memory where since <= ?
      on conflict do nothing
      """;

  private static final String REMEMBER_FROM_NOW =
      """
      insert into runtime.nonce_memory (since)
      values (clock_timestamp() + ? * interval '1 second')
      on conflict do nothing
      """;

  private final DataSource dataSource;

  public PostgresNonces(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public boolean use(String nonce, Instant issuedAt, Instant expiresAt) {
    boolean first =
        update(USE, nonce, expiresAt.atOffset(ZoneOffset.UTC), issuedAt.atOffset(ZoneOffset.UTC));
    if (!first) {
      update(REMEMBER_FROM_NOW, Verification.SKEW.toSeconds());
    }
    return first;
  }

  /// Every signed call comes here, so the text is made once.
  ///
  /// @return whether a row was written
  private boolean update(String sql, Object... values) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }
}
