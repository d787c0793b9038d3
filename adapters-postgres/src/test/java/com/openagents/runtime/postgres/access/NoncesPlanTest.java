package com.openagents.runtime.postgres.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Every signed call uses a nonce up while very many of others are remembered.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class NoncesPlanTest {

  private final TestDatabase database;

  NoncesPlanTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
  }

  @Test
  void nonces_that_have_not_expired_are_not_looked_through() throws SQLException {
    database.sql(
        """
        insert into runtime.nonces (nonce, expires_at)
        select 'n' || n, now() + interval '5 minutes' from generate_series(1, 20000) n
        """);
    database.sql("analyze runtime.nonces");
    assertThat(plan()).anyMatch(line -> line.contains("Index Cond: (expires_at < "));
  }

  private List<String> plan() throws SQLException {
    List<String> plan = new ArrayList<>();
    try (Connection connection = database.pools().serving().getConnection();
        Statement explain = connection.createStatement();
        ResultSet lines =
            explain.executeQuery("explain " + PostgresNonces.USE.replace("?", "'{}'"))) {
      while (lines.next()) {
        plan.add(lines.getString(1));
      }
    }
    return plan;
  }
}
