package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.http.edge.ListenRefused;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedStartTest {

  @Test
  void a_start_whose_port_is_taken_never_was_a_node(@TempDir Path folder) {
    try (RunningService service = RunningService.in(folder, Map.of())) {
      service.sql("delete from runtime.nodes");
      Map<String, String> taken =
          Map.of(
              "OA_NODE_ID",
              "too-late",
              "OA_HTTP_PORT",
              Integer.toString(service.address().getPort()));

      assertThatThrownBy(() -> service.node(taken)).isInstanceOf(ListenRefused.class);

      assertThat(service.sql("select node from runtime.nodes")).doesNotContain("too-late");
    }
  }
}
