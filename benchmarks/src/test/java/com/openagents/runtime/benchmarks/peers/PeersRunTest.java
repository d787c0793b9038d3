package com.openagents.runtime.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.machine.ServiceProcess;
import com.openagents.runtime.benchmarks.server.RestateHandlers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The comparison runs with ours and DBOS. Restate needs a program from npm, so a build leaves it
/// out.
class PeersRunTest {

  private final StringWriter out = new StringWriter();
  private final CommandLine command =
      new CommandLine(new PeersCommand())
          .setOut(new PrintWriter(out))
          .setErr(new PrintWriter(new StringWriter()));

  @Test
  void ours_with_and_without_projections_and_dbos_do_runs_of_both_lengths() {
    int status =
        command.execute(
            "--only",
            "dbos,projections",
            "--callers",
            "2",
            "--seconds",
            "1",
            "--rounds",
            "1",
            "--warmup",
            "1",
            "--json");
    assertThat(status).isZero();
    assertThat(out.toString())
        .contains("\"runtime\":\"ours\",\"steps\":1", "\"runtime\":\"ours\",\"steps\":10")
        .contains("\"runtime\":\"dbos\",\"steps\":1", "\"runtime\":\"dbos\",\"steps\":10")
        .contains("\"runtime\":\"ours with projections\",\"steps\":1", "\"projections\":\"off\"")
        .contains("\"oursToIt\"", "\"p99OursToIt\"", "\"load\"");
  }

  @Test
  void the_handlers_of_restate_listen() throws Exception {
    try (ServiceProcess handlers = JavaProcess.start(RestateHandlers.class, Map.of())) {
      assertThat(handlers.alive()).isTrue();
    }
    assertThat(RestateProgram.version()).matches("\\d+\\.\\d+\\.\\d+");
  }

  @Test
  void the_command_says_what_it_takes() {
    assertThat(command.execute("--help")).isZero();
    assertThat(out.toString())
        .contains("--callers", "--steps", "--seconds", "--rounds", "--warmup", "--only", "--json");
  }
}
