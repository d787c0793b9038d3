package com.openagents.runtime.testkit.guide;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/// Every example of the guide is code of a class of this package, which is compiled and run.
class GuideTest {

  private static final Path GUIDE = Path.of("../../docs/testing-your-agent.md");
  private static final Path EXAMPLES =
      Path.of("src/test/java/com/openagents/runtime/testkit/guide");
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TEST =
      Pattern.compile("@(?:Parameterized)?Test\\s[^{;]*?\\bvoid (\\w+)\\(");
  private static final Pattern LITERAL_OR_COMMENT =
      Pattern.compile(
          """
          (?<block>\"""[\\s\\S]*?\""")\
          |(?<kept>"(?:\\\\.|[^"\\\\])*"|'(?:\\\\.|[^'\\\\])*')\
          |//[^\\n]*|/\\*[\\s\\S]*?\\*/\
          """);

  private record Source(String name, String code) {

    boolean uses(String other) {
      return name.endsWith("Test") && code.matches("(?s).*\\b" + other + "\\b.*");
    }
  }

  private final List<Source> sources = sources();
  private final Map<String, Set<String>> passed = new TreeMap<>();

  @Test
  void every_example_is_compiled_and_run_as_it_stands() throws IOException {
    List<String> examples =
        EXAMPLE.matcher(Files.readString(GUIDE)).results().map(e -> code(e.group(1))).toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(8).allSatisfy(this::isRun);
  }

  private void isRun(String example) {
    List<Source> holders =
        sources.stream().filter(source -> source.code().contains(example)).toList();
    assertThat(holders).hasSize(1);
    String name = holders.getFirst().name();
    Set<String> tests = TEST.matcher(example).results().map(t -> t.group(1)).collect(toSet());
    assertThat(passed(name)).containsAll(tests);
    assertThat(sources)
        .as("tests that run " + name)
        .anyMatch(user -> user.uses(name) && !passed(user.name()).isEmpty());
  }

  /// The methods of a class that pass as tests.
  private Set<String> passed(String name) {
    return passed.computeIfAbsent(name, GuideTest::play);
  }

  private static Set<String> play(String name) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(GuideTest.class.getPackageName() + "." + name))
        .execute()
        .testEvents()
        .succeeded()
        .stream()
        .map(GuideTest::method)
        .collect(toSet());
  }

  private static String method(Event test) {
    return ((MethodSource) test.getTestDescriptor().getSource().orElseThrow()).getMethodName();
  }

  private static List<Source> sources() {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.filter(file -> !file.endsWith("GuideTest.java")).map(GuideTest::source).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source source(Path file) {
    try {
      String name = file.getFileName().toString().replace(".java", "");
      return new Source(name, code(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The lines without indentation, for an example begins at the margin, and without what is not
  /// code: comments, and blocks of text, which might hold an example.
  private static String code(String source) {
    String code = LITERAL_OR_COMMENT.matcher(source).replaceAll(GuideTest::kept);
    return code.lines().map(String::strip).collect(joining("\n"));
  }

  private static String kept(MatchResult found) {
    String kept = found.group("kept");
    return kept == null ? "" : Matcher.quoteReplacement(kept);
  }
}
