package com.openagents.runtime.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningOffTest {

  @Test
  void a_node_that_is_stopped_in_order_is_no_node_any_more(@TempDir Path folder) {
    try (RunningService service = RunningService.in(folder, Map.of())) {
      var second = service.node(Map.of());
      RunningService.await(() -> nodes(service).equals(List.of("node-1", "node-2")));

      second.close();

      assertThat(nodes(service)).containsExactly("node-1");
    }
  }

  private static List<String> nodes(RunningService service) {
    return service.sql("select node from runtime.nodes order by node");
  }
}
