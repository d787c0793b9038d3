package com.openagents.runtime.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.log.StoreUnavailable;
import com.openagents.runtime.testkit.Race;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class MigrationsTest {

  private final TestServer server;

  MigrationsTest(TestServer server) {
    this.server = server;
  }

  @Test
  void nodes_that_start_together_migrate_once() {
    var settings = TestDatabase.settings(server, server.bareDatabase());
    try (var pools = PostgresPools.open(settings)) {
      int pending = Migrations.pending(pools.serving());
      assertThat(pending).isPositive();
      List<Integer> applied =
          Race.of(
              3,
              _ -> {
                try (var own = PostgresPools.open(settings)) {
                  return Migrations.apply(own.serving());
                }
              });
      assertThat(applied.stream().mapToInt(Integer::intValue).sum()).isEqualTo(pending);
      assertThat(Migrations.pending(pools.serving())).isZero();
      assertThat(Migrations.apply(pools.serving())).isZero();
    }
  }

  @Test
  void a_database_that_does_not_exist_is_unavailable() {
    var nowhere = TestDatabase.settings(server, "no_such_database");
    try (var impatient = new HikariDataSource()) {
      impatient.setJdbcUrl(nowhere.url());
      impatient.setUsername(nowhere.user());
      impatient.setConnectionTimeout(1_000);
      assertThatThrownBy(() -> Migrations.apply(impatient)).isInstanceOf(StoreUnavailable.class);
    }
  }
}
