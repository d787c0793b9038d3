package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.wiring.Parts;
import com.openagents.runtime.identity.RunId;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node whose connections are all taken renews the leases of its runs.
class HeartbeatsGoOnTest {

  private static final String EXPIRY =
      "select lease_expires_at::timestamptz at time zone 'UTC' from runtime.runs where run_id = ?";

  private static final String HELD =
      "select (lease_owner is not null)::text from runtime.runs where run_id = ?";

  @TempDir private Path folder = Path.of("");
  private final List<HikariDataSource> pools = new CopyOnWriteArrayList<>();
  private final List<Connection> taken = new ArrayList<>();
  private final Programs programs = new Programs();
  private RunningService service;

  @BeforeEach
  void start() {
    service =
        RunningService.in(
            folder, Map.of("OA_LEASE_TTL", "4s"), new Parts(programs.all(), this::watched));
  }

  @AfterEach
  void stop() throws SQLException {
    for (Connection connection : taken) {
      connection.close();
    }
    programs.decide();
    service.close();
  }

  private DataSource watched(DataSource pool) {
    try {
      pools.add(pool.unwrap(HikariDataSource.class));
      return pool;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void leases_are_renewed_while_every_other_connection_is_taken() throws Exception {
    RunId run = new RunId(UUID.randomUUID());
    service.start(
        RunningService.request(run, "slow")
            .put("firstFrame", RunningService.frame("f-1", "hello"))
            .build());
    RunningService.await(() -> service.sql(HELD, run.value()).getFirst().equals("true"));
    for (HikariDataSource pool : pools) {
      if (!pool.getPoolName().equals("heartbeats")) {
        takeAll(pool);
      }
    }
    assertThat(taken).hasSizeGreaterThanOrEqualTo(20);

    for (int renewals = 0; renewals < 3; renewals++) {
      Instant before = expiry(run);
      RunningService.await(() -> expiry(run).isAfter(before));
    }
    assertThat(
            Scrape.of(service.client())
                .value("runtime_leases_total", "change", "extend", "outcome", "written"))
        .isGreaterThanOrEqualTo(3);
    assertThat(service.sql("select epoch from runtime.runs where run_id = ?", run.value()))
        .containsExactly("1");
  }

  private void takeAll(HikariDataSource pool) {
    for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
      RunningService.await(() -> {
        try {
          return taken.add(pool.getConnection());
        } catch (SQLException e) {
          return false;
        }
      });
    }
  }

  private Instant expiry(RunId run) {
    String time = service.sql(EXPIRY, run.value()).getFirst();
    return Instant.parse(time.replace(' ', 'T') + "Z");
  }
}
