package com.openagents.runtime.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedPostgresTest {
  private final ArrayList<String> progress = new ArrayList<>();

  @RegisterExtension final DataDirectory directory = new DataDirectory();

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(directory.path(), progress::add);
  }

  @Test
  void keeps_rows_port_and_password_over_a_restart_that_has_nothing_to_report() throws Exception {
    Endpoint first;
    try (var postgres = start()) {
      first = postgres.endpoint();
      Sql.run(first, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
    }
    assertThat(progress).anyMatch(line -> line.startsWith("creating the database"));
    progress.clear();

    try (var postgres = start()) {
      assertThat(postgres.endpoint()).isEqualTo(first);
      assertThat(Sql.one(postgres.endpoint(), "SELECT n FROM kept")).isEqualTo("7");
    }
    assertThat(progress).isEmpty();
  }

  @Test
  void trades_no_durability_for_comfort() throws Exception {
    try (var postgres = start()) {
      for (String setting :
          new String[] {"fsync", "full_page_writes", "synchronous_commit", "data_checksums"}) {
        assertThat(Sql.one(postgres.endpoint(), "SHOW " + setting)).as(setting).isEqualTo("on");
      }
    }
  }

  @Test
  void keeps_durability_on_when_a_configuration_file_says_otherwise() throws Exception {
    start().close();
    Path configuration = directory.layout().cluster().resolve("postgresql.auto.conf");
    Files.writeString(configuration, "fsync = off\nsynchronous_commit = off\nwork_mem = '9MB'\n");

    try (var postgres = start()) {
      assertThat(Sql.one(postgres.endpoint(), "SHOW fsync")).isEqualTo("on");
      assertThat(Sql.one(postgres.endpoint(), "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(Sql.one(postgres.endpoint(), "SHOW work_mem")).isEqualTo("9MB");
    }
  }

  @Test
  void stores_text_as_utf_8_and_sorts_it_by_code_point() throws Exception {
    try (var postgres = start()) {
      assertThat(Sql.one(postgres.endpoint(), "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(Sql.one(postgres.endpoint(), "SELECT 'Z' < 'a'")).isEqualTo("t");
      assertThat(Sql.one(postgres.endpoint(), "SHOW log_timezone")).isEqualTo("UTC");
    }
  }

  @Test
  void lets_nobody_in_without_the_password() throws Exception {
    try (var postgres = start()) {
      Endpoint endpoint = postgres.endpoint();
      for (String user : new String[] {"openagents", "postgres"}) {
        assertThatThrownBy(() -> Sql.connect(endpoint, user, "wrong").close())
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("password authentication failed");
      }
      assertThat(
              Sql.one(
                  endpoint,
                  "SELECT bool_or(rolsuper)::text FROM pg_roles WHERE rolname = current_user"))
          .isEqualTo("false");
      assertThat(Sql.one(endpoint, "SHOW password_encryption")).isEqualTo("scram-sha-256");
    }
  }

  @Test
  void lets_a_connection_in_without_repeated_hashing() throws Exception {
    try (var postgres = start()) {
      Endpoint endpoint = postgres.endpoint();
      String url = endpoint.jdbcUrl() + "&scramMaxIterations=1";
      try (var connection =
          DriverManager.getConnection(url, endpoint.user(), endpoint.password())) {
        assertThat(connection.isValid(1)).isTrue();
      }
    }
  }

  @Test
  void keeps_the_password_and_the_log_from_other_users_and_out_of_what_is_printed()
      throws Exception {
    try (var postgres = start()) {
      var layout = directory.layout();
      for (Path secret : new Path[] {layout.password(), layout.log()}) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
            .as(secret.toString())
            .isEqualTo("rw-------");
      }
      String password = postgres.endpoint().password();
      assertThat(password).hasSizeGreaterThanOrEqualTo(43);
      assertThat(postgres.endpoint().toString()).doesNotContain(password);
      assertThat(Files.readString(layout.log())).doesNotContain(password);
      assertThat(Files.readString(layout.lock())).doesNotContain(password);
      assertThat(String.join("\n", progress)).doesNotContain(password);
    }
  }

  @Test
  void gives_the_role_a_new_password_when_the_file_is_lost() throws Exception {
    start().close();
    Files.delete(directory.layout().password());

    try (var postgres = start()) {
      assertThat(Sql.one(postgres.endpoint(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void begins_again_where_an_earlier_creation_was_cut_off() throws Exception {
    var layout = directory.layout();
    Files.createDirectories(layout.root().resolve("data.draft").resolve("base"));
    Files.writeString(layout.root().resolve("bootstrap-password"), "left");

    try (var postgres = start()) {
      assertThat(Sql.one(postgres.endpoint(), "SELECT 1")).isEqualTo("1");
    }
    assertThat(layout.root().resolve("data.draft")).doesNotExist();
    assertThat(layout.root().resolve("bootstrap-password")).doesNotExist();
  }

  @Test
  void moves_to_another_port_when_its_own_is_taken() throws Exception {
    int port;
    try (var postgres = start()) {
      port = postgres.endpoint().port();
    }
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        var postgres = start()) {
      assertThat(postgres.endpoint().port()).isNotEqualTo(port);
      assertThat(Sql.one(postgres.endpoint(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void says_what_postgresql_said_when_it_does_not_start() throws Exception {
    start().close();
    Path version = directory.layout().cluster().resolve("PG_VERSION");
    Files.writeString(version, "9.6\n");

    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("initialized by PostgreSQL version 9.6");
    Files.writeString(version, "18\n");
    start().close();
  }
}
