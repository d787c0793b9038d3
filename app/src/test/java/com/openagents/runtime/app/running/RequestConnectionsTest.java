package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.app.running.SentStatements.Sent;
import com.openagents.runtime.app.wiring.Parts;
import com.openagents.runtime.identity.RunId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests read over connections of their own, and leave those of executors alone.
@Tag("G6")
class RequestConnectionsTest {

  private final SentStatements statements = new SentStatements();

  @Test
  void an_event_with_large_content_and_an_export_are_read_as_requests_are(@TempDir Path folder) {
    Parts parts = new Parts(AgentPrograms.builtIn(), statements::watch);
    try (RunningService service = RunningService.in(folder, Map.of(), parts)) {
      RunId run = sealed(service);
      String of = "/internal/v1/runs/" + run;
      statements.forget();
      for (int seq = 1; seq <= 3; seq++) {
        assertThat(service.client().get(of + "/events/" + seq).status()).isEqualTo(200);
      }
      assertThat(service.client().get(of + "/export").status()).isEqualTo(200);

      assertThat(statements.since())
          .filteredOn(sent -> List.of("executing", "reading").contains(sent.pool()))
          .isEmpty();
      assertThat(over("serving", "blobs")).isPositive();
      assertThat(over("serving", "seals")).isPositive();
    }
  }

  /// A run that has ended, and with which the node does nothing any more.
  private RunId sealed(RunningService service) {
    RunId run = new RunId(UUID.randomUUID());
    service.start(
        RunningService.request(run, "echo")
            .put("firstFrame", RunningService.frame("f-1", "large ".repeat(60_000)))
            .build());
    RunningService.await(
        () -> !service.sql("select 1 from runtime.seals where run_id = ?", run.value()).isEmpty());
    statements.forget();
    RunningService.await(() -> over("rounds", "sealed") > 0);
    return run;
  }

  private long over(String pool, String what) {
    return statements.since().stream()
        .filter((Sent sent) -> sent.pool().equals(pool) && sent.sql().contains(what))
        .count();
  }
}
