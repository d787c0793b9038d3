package com.openagents.runtime.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.app.embedded.EmbeddedPostgres;
import com.openagents.runtime.app.embedded.Endpoint;
import com.openagents.runtime.app.embedded.SharedBinaries;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.postgres.Migrations;
import com.openagents.runtime.postgres.log.PostgresEventLog;
import com.openagents.runtime.testkit.Drafts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCommandsTest {
  private static final long PID = ProcessHandle.current().pid();

  private static final String ONE = Drafts.runId(1).toString();
  private static final String TWO = Drafts.runId(2).toString();

  @TempDir private Path directory = Path.of("");

  private Shell.Result embedded(String... arguments) {
    return Shell.run(Map.of("OA_DATA_DIR", directory.toString(), "OA_HTTP_PORT", "0"), arguments);
  }

  private static Shell.Result external(Endpoint url, String password, String... arguments) {
    String text =
        "postgresql://%s:%s@%s/%s".formatted(url.user(), password, url.address(), url.database());
    return Shell.run(Map.of("DATABASE_URL", text, "OA_HTTP_PORT", "0"), arguments);
  }

  @Test
  void migrating_and_looking_agree_about_one_database() {
    var before = embedded("doctor");
    assertThat(before.status()).isEqualTo(ExitCode.DONE);
    assertThat(before.output()).contains("is made at the first start", "does not run");

    var first = embedded("migrate");
    assertThat(first.status()).as(first.errors()).isEqualTo(ExitCode.DONE);
    assertThat(first.output()).matches("applied \\d+ migrations\n");
    assertThat(first.errors()).contains("unpacking PostgreSQL", "creating the database");
    assertThat(embedded("migrate", "--json").output()).isEqualTo("{\"applied\":0}\n");

    try (var postgres = EmbeddedPostgres.start(directory, _ -> {})) {
      checkWhileItRuns(postgres.endpoint());
    }
  }

  private void checkWhileItRuns(Endpoint endpoint) {
    var doctor = embedded("doctor");
    assertThat(doctor.status()).as(doctor.output()).isEqualTo(ExitCode.DONE);
    assertThat(doctor.output())
        .contains("runs: process " + PID, "PostgreSQL 18", "fsync is on", "schema is up to date");

    var migrate = embedded("migrate");
    assertThat(migrate.status()).isEqualTo(ExitCode.FAILED);
    assertThat(migrate.errors()).contains("in use by process " + PID, endpoint.address());

    String password = endpoint.password();
    assertThat(external(endpoint, password, "migrate").output())
        .isEqualTo("the schema is up to date\n");
    var report = external(endpoint, password, "doctor", "--json").output();
    assertThat(report).doesNotContain(password);
    assertThat(JsonReader.read(report))
        .isInstanceOfSatisfying(
            Json.Obj.class, json -> assertThat(json.get("well")).isEqualTo(Json.TRUE));
    assertThat(external(endpoint, "wrong", "doctor").status()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  @Tag("G1")
  void rows_that_were_lost_come_back_once_no_node_runs() throws Exception {
    SharedBinaries.in(directory);
    assertThat(embedded("migrate").status()).isEqualTo(ExitCode.DONE);
    try (var postgres = EmbeddedPostgres.start(directory, _ -> {});
        var store = Database.connections(Database.urlOf(postgres.endpoint()))) {
      Endpoint endpoint = postgres.endpoint();
      var log = new PostgresEventLog(store, store);
      log.append(Drafts.start(Drafts.runId(1)));
      log.append(Drafts.start(Drafts.runId(2)));
      sql(store, "truncate runtime.runs, runtime.threads");
      sql(store, "insert into runtime.nodes values ('node-9', '1', 0, now(), now())");

      var rest =
          external(
              endpoint,
              endpoint.password(),
              "rebuild",
              "--while-nodes-run",
              "--after",
              ONE,
              "--json");
      assertThat(rest.output()).isEqualTo("{\"left\":0,\"rebuilt\":1}\n");
      assertThat(log.head(Drafts.runId(1))).isEmpty();
      assertThat(log.head(Drafts.runId(2))).isPresent();

      sql(store, "update runtime.nodes set seen_at = now() - interval '57 s'");
      sql(store, "update runtime.events set payload = '{}' where run_id = '" + TWO + "'");
      var whole = external(endpoint, endpoint.password(), "rebuild");
      assertThat(whole.status()).isEqualTo(ExitCode.FAILED);
      assertThat(whole.output()).isEqualTo("rebuilt 1 runs, left 1\n");
      assertThat(whole.errors()).contains("seen within the last minute: node-9");
      assertThat(whole.errors()).contains("left " + TWO).contains("is damaged");
      assertThat(log.head(Drafts.runId(1))).isPresent();
    }
  }

  @Test
  void without_a_schema_there_is_nothing_to_rebuild() throws Exception {
    SharedBinaries.in(directory);
    var result = embedded("rebuild");
    assertThat(result.status()).isEqualTo(ExitCode.FAILED);
    assertThat(result.errors())
        .contains("schema is not up to date; run openagents-runtime migrate")
        .doesNotContain("select");
  }

  private static void sql(DataSource store, String sql) throws SQLException {
    try (var connection = store.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void the_doctor_names_every_problem_of_the_settings() {
    var result = Shell.run(Map.of("OA_HTTP_PORT", "x", "OA_LEASE_TTL", "y"), "doctor", "--json");
    assertThat(result.status()).isEqualTo(ExitCode.FAILED);
    assertThat(result.output()).contains("OA_HTTP_PORT: 'x'").contains("OA_LEASE_TTL: 'y'");
  }

  @Test
  void the_doctor_warns_of_what_a_start_would_warn_of() throws Exception {
    SharedBinaries.in(directory);
    try (var postgres = EmbeddedPostgres.start(directory, _ -> {});
        var store = Database.connections(Database.urlOf(postgres.endpoint()))) {
      assertThat(embedded("doctor").output())
          .contains("warning  database             its schema lacks")
          .contains("ok       database             the server is a primary")
          .contains("ok       database             no event is of the server's future");

      Migrations.apply(store);
      new PostgresEventLog(store, store).append(Drafts.start(Drafts.runId(1)));
      sql(store, "update runtime.events set xid = '99999999999'");
      for (String commit : List.of("off", "local", "remote_write")) {
        sql(store, "alter role current_user set synchronous_commit = " + commit);
        assertThat(embedded("doctor").output())
            .contains("warning  database             synchronous_commit is " + commit + ", so a")
            .contains("warning  database             1 events carried transactions");
      }
      assertThat(embedded("doctor").status()).isEqualTo(ExitCode.DONE);
    }
  }

  @Test
  void the_doctor_warns_of_what_is_for_development_only() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      var bare =
          Shell.run(Map.of("OA_DATA_DIR", directory.toString(), "OA_HTTP_PORT", port), "doctor");
      assertThat(bare.status()).isEqualTo(ExitCode.DONE);
      assertThat(bare.output())
          .contains("warning  signing keys         none", "warning  model                none")
          .contains("warning  address              http://127.0.0.1:" + port + " is taken");
    }
    var set =
        Shell.run(
            Map.of(
                "OA_DATA_DIR", directory.toString(),
                "OA_HTTP_PORT", "0",
                "OA_SIGNING_KEYS", "k1=c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0",
                "OA_MODEL_BASE_URL", "http://127.0.0.1:1",
                "OA_MODEL_NAME", "m-1"),
            "doctor");
    assertThat(set.output())
        .contains("ok       signing keys         given", "m-1 at http://127.0.0.1:1")
        .doesNotContain("warning");
  }
}
