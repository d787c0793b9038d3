package com.openagents.runtime.app.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// No function of the writer is left untried.
class WriterFunctionsTest {

  private static final Path MODULE = Path.of("..", "adapters-convex", "convex", "writer.ts");
  private static final Path INTERNAL = MODULE.resolveSibling("writerInternal.ts");
  private static final Pattern FUNCTION = Pattern.compile("export const (\\w+) = (\\w+)\\(");

  @Test
  void each_function_that_is_deployed_is_tried() throws IOException {
    List<String> deployed =
        FUNCTION
            .matcher(Files.readString(MODULE))
            .results()
            .map(found -> found.group(2) + " " + found.group(1))
            .toList();

    assertThat(WriterFunctions.ALL)
        .extracting(call -> call.kind() + " " + call.name())
        .containsExactlyInAnyOrderElementsOf(deployed);
  }

  /// One of them is not tried, because it would let the deployment go.
  @Test
  void each_function_of_the_admin_key_is_internal() throws IOException {
    assertThat(FUNCTION.matcher(Files.readString(INTERNAL)).results().map(found -> found.group(2)))
        .hasSizeGreaterThan(WriterFunctions.ALL.size())
        .allMatch(kind -> kind.equals("internalMutation") || kind.equals("internalQuery"));
  }
}
