package com.openagents.runtime.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job, as a newcomer sees it.
class DemoCommandTest {
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @TempDir private static Path folder = Path.of("");

  private static Shell.Result demo(String... words) {
    String[] line = new String[words.length + 1];
    line[0] = "demo";
    System.arraycopy(words, 0, line, 1, words.length);
    return Shell.run(Map.of("OA_DATA_DIR", folder.toString(), "OA_HTTP_PORT", "0"), line);
  }

  @Test
  void a_run_is_carried_out_before_the_eyes_of_whoever_asks() {
    var shown = demo("--agent", "echo", "Hello,\nworld \u001b[2J");
    assertThat(shown.status()).as(shown.errors()).isEqualTo(ExitCode.DONE);
    assertThat(shown.output())
        .containsPattern("(?m)^service  http://127\\.0\\.0\\.1:[1-9][0-9]*$")
        .containsPattern("(?m)^run      " + UUID + "$")
        .contains("agent    ", "Hello,\nworld \\u001b[2J\n", " events, the last one run.completed")
        .endsWith("the service ends with the demo; --keep leaves it serving\n");

    var json = (Json.Obj) JsonReader.read(demo("--json", "--agent", "echo", "Hello").output());
    assertThat(json.get("completed")).isEqualTo(Json.TRUE);
    assertThat(json.get("end")).isEqualTo(Json.of("run.completed"));
    assertThat(text(json, "runId")).matches(UUID);
    assertThat(text(json, "service")).startsWith("http://127.0.0.1:");
    assertThat(text(json, "answer")).contains("Hello");
  }

  private static String text(Json.Obj json, String field) {
    return json.get(field) instanceof Json.Str(String text) ? text : "";
  }

  @Test
  void a_run_that_does_not_begin_is_told_in_the_exit_status() {
    var refused = demo("--agent", "nobody-knows-it", "Hello");
    assertThat(refused.status()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.output()).contains("the run was refused: ");
  }
}
