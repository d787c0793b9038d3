package com.openagents.runtime.testkit.guide;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every example of the guide stands in a class of this package, which is compiled and run.
class GuideTest {

  private static final Path GUIDE = Path.of("../../docs/testing-your-agent.md");
  private static final Path EXAMPLES =
      Path.of("src/test/java/com/openagents/runtime/testkit/guide");
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void every_example_is_compiled_and_run_as_it_stands() throws IOException {
    List<String> sources = sources();
    List<String> examples = examples();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(8);
    assertThat(examples)
        .allSatisfy(example -> assertThat(sources).anyMatch(source -> source.contains(example)));
  }

  private static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    Matcher blocks = EXAMPLE.matcher(Files.readString(GUIDE));
    while (blocks.find()) {
      examples.add(flush(blocks.group(1)));
    }
    return examples;
  }

  private static List<String> sources() throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.toList()) {
        sources.add(flush(Files.readString(file)));
      }
    }
    return sources;
  }

  /// The lines without their indentation, for an example begins at the margin.
  private static String flush(String source) {
    return source.lines().map(String::strip).collect(joining("\n"));
  }
}
