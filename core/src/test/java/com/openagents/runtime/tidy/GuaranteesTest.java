package com.openagents.runtime.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page of guarantees names for each one tests that are there and carry its number.
class GuaranteesTest {
  private static final String PAGE = "docs/guarantees.md";
  private static final Pattern GUARANTEE = Pattern.compile("\\| (G\\d+) \\| \\*\\*.*");
  private static final Pattern TESTS = Pattern.compile("\\| (G\\d+) \\| (\\[.*)");
  private static final Pattern TEST = Pattern.compile("\\[(\\w+)]\\(\\.\\./([^)]+)\\)");

  @Test
  void each_guarantee_of_the_page_names_tests_that_carry_its_number() {
    SourceTree tree = SourceTree.ofThisRepository();
    assertThat(promised(tree)).hasSizeGreaterThanOrEqualTo(10);
    assertThat(named(tree).keySet()).containsExactlyInAnyOrderElementsOf(promised(tree));
    assertThat(mistakes(tree)).isEmpty();
  }

  @Test
  void a_test_that_is_gone_renamed_or_without_the_number_is_found() {
    SourceTree tree =
        SourceTree.of(
            new Source(
                PAGE,
                "| G1 | [HereTest](../m/HereTest.java), [GoneTest](../m/GoneTest.java) |\n"
                    + "| G2 | [HereTest](../m/HereTest.java), [OtherTest](../m/HereTest.java) |"),
            new Source("m/HereTest.java", "@Tag(\"G1\") class HereTest {}"));
    assertThat(mistakes(tree))
        .containsExactly(
            "G1: GoneTest is not at m/GoneTest.java",
            "G2: HereTest does not carry the number",
            "G2: OtherTest is not at m/HereTest.java",
            "G2: OtherTest does not carry the number");
  }

  private record Named(String test, String path) {}

  private static List<String> mistakes(SourceTree tree) {
    var mistakes = new ArrayList<String>();
    named(tree)
        .forEach((guarantee, tests) -> {
          for (Named named : tests) {
            if (!tree.has(named.path()) || !named.path().endsWith("/" + named.test() + ".java")) {
              mistakes.add(guarantee + ": " + named.test() + " is not at " + named.path());
            }
            if (tree.has(named.path())
                && !text(tree, named.path()).contains("@Tag(\"" + guarantee + "\")")) {
              mistakes.add(guarantee + ": " + named.test() + " does not carry the number");
            }
          }
        });
    return mistakes;
  }

  private static List<String> promised(SourceTree tree) {
    return text(tree, PAGE)
        .lines()
        .map(GUARANTEE::matcher)
        .filter(line -> line.matches())
        .map(line -> line.group(1))
        .toList();
  }

  private static Map<String, List<Named>> named(SourceTree tree) {
    var named = new TreeMap<String, List<Named>>();
    text(tree, PAGE)
        .lines()
        .map(TESTS::matcher)
        .filter(line -> line.matches())
        .forEach(line ->
            named.put(
                line.group(1),
                TEST.matcher(line.group(2))
                    .results()
                    .map(test -> new Named(test.group(1), test.group(2)))
                    .toList()));
    return named;
  }

  private static String text(SourceTree tree, String path) {
    return tree.sources().stream()
        .filter(source -> source.path().equals(path))
        .map(Source::text)
        .findFirst()
        .orElseThrow();
  }
}
