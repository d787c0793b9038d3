package com.openagents.runtime.postgres.access;

import static com.openagents.runtime.access.Verification.SKEW;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A crash of the server empties tables that are not logged; emptying them is its effect.
@Tag("scenario-26")
@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class NoncesAfterCrashTest {

  private final TestDatabase database;
  private final PostgresNonces nonces;

  NoncesAfterCrashTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
    nonces = new PostgresNonces(database.pools().serving());
  }

  @AfterEach
  void time_passes() {
    database.sql(
        "update runtime.nonce_memory set since = clock_timestamp() - interval '5 minutes'");
  }

  @Test
  void a_token_from_before_the_crash_is_refused_and_a_later_one_is_taken() {
    Instant before = now();
    assertThat(use("used", before)).isTrue();
    crash();
    assertThat(use("used", before)).as("replayed").isFalse();
    assertThat(use("fresh, but issued before", before)).isFalse();
    Instant after = now().plus(SKEW);
    assertThat(use("issued after", after)).isTrue();
    assertThat(use("issued after", after)).isFalse();
  }

  @Test
  void a_token_from_a_clock_that_is_ahead_is_not_taken_again_after_the_crash() {
    Instant ahead = now().plus(SKEW);
    assertThat(use("from a fast clock", ahead)).isTrue();
    crash();
    assertThat(use("from a fast clock", ahead)).isFalse();
    assertThat(use("from a fast clock", ahead)).isFalse();
  }

  @Test
  void a_token_is_taken_from_the_moment_on_from_which_nonces_are_remembered() {
    Instant since = Instant.parse("2026-03-01T12:00:00Z");
    database.sql("update runtime.nonce_memory set since = '2026-03-01T12:00:00Z'");
    assertThat(use("issued a moment before", since.minusNanos(1_000))).isFalse();
    assertThat(use("issued then", since)).isTrue();
    database.sql("update runtime.nonce_memory set since = clock_timestamp() - interval '5 min'");
  }

  @Test
  void both_tables_are_of_the_kind_that_a_crash_empties_together() {
    assertThat(
            database.sql(
                """
                select relname from pg_class
                where relpersistence = 'u' and relname in ('nonces', 'nonce_memory')
                """))
        .containsExactlyInAnyOrder("nonces", "nonce_memory");
  }

  @Test
  void what_has_expired_is_forgotten_little_by_little() {
    database.sql(
        """
        insert into runtime.nonces (nonce, expires_at)
        select 'old-' || n, clock_timestamp() - interval '1 h' from generate_series(1, 10) n
        """);
    for (int i = 0; i < 5; i++) {
      use("new-" + i, now());
    }
    assertThat(database.sql("select nonce from runtime.nonces where nonce like 'old-%'")).isEmpty();
    assertThat(database.sql("select nonce from runtime.nonces")).hasSize(5);
  }

  private void crash() {
    database.sql("truncate runtime.nonces, runtime.nonce_memory");
  }

  private boolean use(String nonce, Instant issuedAt) {
    return nonces.use(nonce, issuedAt, issuedAt.plusSeconds(60));
  }

  private Instant now() {
    return OffsetDateTime.parse(
            database
                .sql(
                    "select to_char(clock_timestamp() at time zone 'UTC',"
                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
                .getFirst())
        .toInstant();
  }
}
