package com.openagents.runtime.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SizeRulesTest {
  private static final String MAIN = "core/src/main/java/p/A.java";
  private static final String NINE =
      "int a, int b, int c, int d, int e, int f, int g, int h, int i";

  @Test
  void a_file_ends_by_line_300() {
    assertThat(SizeRules.files(javaOf(MAIN, 300))).isEmpty();
    assertThat(SizeRules.files(javaOf(MAIN, 301)))
        .containsExactly(MAIN + " has 301 lines, at most 300");
  }

  @Test
  void a_test_or_a_contract_suite_ends_by_line_500() {
    for (var path : Set.of("app/src/test/java/p/A.java", "core/testkit/src/main/java/p/A.java")) {
      assertThat(SizeRules.files(javaOf(path, 500))).isEmpty();
      assertThat(SizeRules.files(javaOf(path, 501))).hasSize(1);
    }
  }

  @Test
  void a_method_has_at_most_70_lines() {
    assertThat(SizeRules.methods(methodOf(70))).isEmpty();
    assertThat(SizeRules.methods(methodOf(71)))
        .containsExactly(MAIN + ":2 method m has 71 lines, at most 70");
  }

  @Test
  void a_record_has_at_most_8_components() {
    assertThat(wide("record R(int a, int b, int c, int d, int e, int f, int g, int h) {}"))
        .isEmpty();
    assertThat(wide("interface I { record R(" + NINE + ") { static int z; } }"))
        .containsExactly(MAIN + ":1 p.I.R takes 9 values");
  }

  @Test
  void a_constructor_has_at_most_8_parameters() {
    assertThat(wide("class C { C(" + NINE + ") {} void m(" + NINE + ") {} }"))
        .containsExactly(MAIN + ":1 p.C takes 9 values");
  }

  @Test
  void a_listed_record_may_be_wide_and_must_be() {
    var tree = SourceTree.of(new Source(MAIN, "package p; record R(" + NINE + ") {}"));
    assertThat(SizeRules.parameters(tree, Set.of("p.R"))).isEmpty();
    assertThat(SizeRules.parameters(tree, Set.of("p.R", "p.Gone")))
        .containsExactly("p.Gone is not wide, so need not be listed");
  }

  private static Iterable<String> wide(String type) {
    return SizeRules.parameters(SourceTree.of(new Source(MAIN, "package p; " + type)), Set.of());
  }

  private static SourceTree javaOf(String path, int lines) {
    return SourceTree.of(new Source(path, "class A {}\n" + "\n".repeat(lines - 1)));
  }

  private static SourceTree methodOf(int lines) {
    var text = "class A {\n  void m() {" + "\n".repeat(lines - 1) + "  }\n}\n";
    return SourceTree.of(new Source(MAIN, text));
  }
}
