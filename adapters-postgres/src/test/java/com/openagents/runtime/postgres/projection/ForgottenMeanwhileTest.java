package com.openagents.runtime.postgres.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A sink that one node registers while somebody else forgets it.
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class ForgottenMeanwhileTest {

  private static final long EPOCH = 2;

  private final TestDatabase database;
  private final PostgresKnownSinks known;

  ForgottenMeanwhileTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    known = new PostgresKnownSinks(database.pools().projecting());
    database.sql(
        "insert into runtime.projection_writer (node, epoch, expires_at)"
            + " values ('node', 2, now() + interval '1 hour')");
  }

  private void registered(long servedEpoch, boolean marking) {
    database.sql(
        "insert into runtime.sinks (sink, served_epoch, marking) values ('convex', ?, ?)",
        servedEpoch,
        marking);
  }

  /// What one call to register answers when the sink is forgotten after it has begun.
  private boolean registeredWhileForgotten() throws Exception {
    try (Connection other = database.session()) {
      TestDatabase.sql(other, "begin");
      TestDatabase.sql(other, "update runtime.sinks set forgotten = true where sink = 'convex'");
      var registered = CompletableFuture.supplyAsync(() -> known.register(EPOCH, "convex", 10));
      database.await(
          "select exists (select from pg_stat_activity where ? = any(pg_blocking_pids(pid)))",
          TestDatabase.pid(other));
      TestDatabase.sql(other, "commit");
      return registered.get();
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void it_is_registered_anew_when_what_was_known_of_it_is_gone(boolean marking) throws Exception {
    registered(1, marking);
    assertThat(registeredWhileForgotten()).isFalse();
    assertThat(known.register(EPOCH, "convex", 10)).isTrue();
    assertThat(database.sql("select forgotten from runtime.sinks")).containsExactly("f");
    assertThat(database.sql("select marking from runtime.sinks")).containsExactly("f");
  }

  @Test
  void who_registers_it_again_changes_nothing() {
    registered(EPOCH, false);
    assertThat(known.register(EPOCH, "convex", 10)).isTrue();
    assertThat(database.sql("select served_epoch from runtime.sinks")).containsExactly("2");
  }
}
