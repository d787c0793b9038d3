package com.openagents.runtime.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("G7")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = SEPARATE_THREAD)
class EmbeddedPostgresCrashTest {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final ArrayList<String> progress = new ArrayList<>();

  @RegisterExtension final DataDirectory directory = new DataDirectory();

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(directory.path(), progress::add);
  }

  private long serverPid() throws Exception {
    return PidFile.read(directory.layout().cluster()).orElseThrow().pid();
  }

  private void killServer() throws Exception {
    var server = ProcessHandle.of(serverPid()).orElseThrow();
    server.destroyForcibly();
    awaitExit(server);
  }

  private static void awaitExit(ProcessHandle process) {
    while (process.isAlive()) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  @Test
  void a_killed_server_comes_back_by_itself_on_the_same_port_with_every_committed_row()
      throws Exception {
    try (var postgres = start()) {
      var endpoint = postgres.endpoint();
      Sql.run(endpoint, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
      for (int kill = 0; kill < 3; kill++) {
        killServer();
        try (var connection = connectWhenBack(endpoint)) {
          assertThat(connection.isValid(5)).isTrue();
        }
        Sql.run(endpoint, "INSERT INTO kept VALUES (8)");
      }
      assertThat(Sql.one(endpoint, "SELECT count(*) FROM kept")).isEqualTo("4");
    }
  }

  private static Connection connectWhenBack(Endpoint endpoint) {
    while (true) {
      try {
        return Sql.connect(endpoint);
      } catch (SQLException _) {
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
    }
  }

  @Test
  void a_session_that_computes_on_after_its_server_was_killed_does_not_keep_the_next_one_out()
      throws Exception {
    try (var postgres = start()) {
      var endpoint = postgres.endpoint();
      try (var busy = Sql.connect(endpoint);
          var statement = busy.createStatement()) {
        var answer = new FutureTask<>(() -> statement.execute("DO $$ BEGIN LOOP END LOOP; END $$"));
        Thread.startVirtualThread(answer);
        awaitActive(endpoint);
        killServer();
        connectWhenBack(endpoint).close();
        assertThatThrownBy(answer::get).hasCauseInstanceOf(SQLException.class);
      }
      assertThat(progress).anyMatch(line -> line.contains("left behind"));
    }
  }

  private static void awaitActive(Endpoint endpoint) throws SQLException {
    var query =
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'DO %'";
    while (!Sql.one(endpoint, query).equals("1")) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  @Test
  void a_killed_owner_takes_its_server_along_and_the_next_owner_finds_every_row() throws Exception {
    var owner = OwnerProcess.start(directory.path());
    owner.await("ready ");
    long server = serverPid();
    owner.kill();
    ProcessHandle.of(server).ifPresent(EmbeddedPostgresCrashTest::awaitExit);

    try (var postgres = start()) {
      assertThat(Sql.one(postgres.endpoint(), "SELECT 1")).isEqualTo("1");
    }
    assertThat(progress).isEmpty();
  }

  @Test
  void a_server_that_outlived_its_owner_is_stopped_and_replaced() throws Exception {
    int port;
    try (var first = start()) {
      port = first.endpoint().port();
    }
    var layout = directory.layout();
    var account = Account.choose(layout, Users.self(), Programs::works);
    var programs =
        new Programs(
            Installation.provide(
                Archive.find(Platform.current()), layout.installations(), progress::add),
            account,
            ServerLog.open(layout.log()));
    progress.clear();
    var orphan = Postmaster.launch(layout.cluster(), port, programs);
    orphan.awaitReady(() -> false, progress::add);

    try (var postgres = start()) {
      assertThat(Sql.one(postgres.endpoint(), "SELECT 1")).isEqualTo("1");
      assertThat(serverPid()).isNotEqualTo(orphan.pid());
    }
    assertThat(progress)
        .first()
        .asString()
        .startsWith("stopping a PostgreSQL process left behind, " + orphan.pid());
    assertThat(ProcessHandle.of(orphan.pid())).isEmpty();
  }

  @Test
  void a_claim_whose_number_has_gone_to_another_program_is_not_believed() throws Exception {
    start().close();
    var layout = directory.layout();
    var account = Account.choose(layout, Users.self(), Programs::works);
    var stranger = new ProcessBuilder(account.command(List.of("sleep", "600"))).start();
    try {
      Files.writeString(
          PidFile.path(layout.cluster()),
          stranger.pid() + "\n" + layout.cluster() + "\n0\n5432\n\n\n\n");
      try (var postgres = start()) {
        assertThat(Sql.one(postgres.endpoint(), "SELECT 1")).isEqualTo("1");
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void an_empty_claim_is_not_believed() throws Exception {
    start().close();
    Files.createFile(PidFile.path(directory.layout().cluster()));
    try (var postgres = start()) {
      assertThat(Sql.one(postgres.endpoint(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void a_second_process_is_told_where_the_first_one_is() throws Exception {
    try (var first = OwnerProcess.start(directory.path())) {
      String port = first.await("ready ");
      try (var second = OwnerProcess.start(directory.path())) {
        assertThat(second.await("in use: "))
            .contains("process " + first.pid())
            .contains("http://127.0.0.1:4000")
            .contains("127.0.0.1:" + port);
      }
      assertThatThrownBy(this::start)
          .isInstanceOfSatisfying(
              DirectoryInUseException.class,
              e -> assertThat(e.owner().database()).contains("127.0.0.1:" + port));
    }
    start().close();
  }

  @Test
  void a_second_start_in_the_same_process_leaves_the_first_ones_lock_alone() throws Exception {
    try (var first = start()) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(this::start).isInstanceOf(DirectoryInUseException.class);
      }
      try (var second = OwnerProcess.start(directory.path())) {
        assertThat(second.await("in use: ")).contains(first.endpoint().address());
      }
    }
  }

  @Test
  void closing_ends_the_server_and_every_session() throws Exception {
    var pids = new ArrayList<Long>();
    Connection open;
    try (var postgres = start()) {
      open = Sql.connect(postgres.endpoint());
      pids.add(serverPid());
    }
    assertThat(open.isValid(5)).isFalse();
    open.close();
    assertThat(List.copyOf(pids)).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
    assertThat(PidFile.path(directory.layout().cluster())).doesNotExist();
  }
}
