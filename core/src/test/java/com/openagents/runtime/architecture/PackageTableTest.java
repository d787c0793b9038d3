package com.openagents.runtime.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackageTableTest {
  private static final PackageTable TABLE = table("0, a,", "0, b,", "1, c, a", "2, d, 0-1");

  @Test
  void code_that_keeps_to_the_table_is_in_order() {
    assertThat(TABLE.violations(Map.of("a", none(), "b", none(), "c", Set.of("a"), "d", all())))
        .isEmpty();
  }

  @Test
  void a_package_that_the_table_does_not_name_is_found() {
    assertThat(table("0, a,").violations(Map.of("a", none(), "e", none())))
        .containsExactly("e is not in the table");
  }

  @Test
  void a_row_without_a_class_is_found() {
    assertThat(table("0, a,", "0, b,").violations(Map.of("a", none())))
        .containsExactly("b is in the table, but holds no class");
  }

  @Test
  void a_use_that_the_table_does_not_allow_is_found() {
    assertThat(
            TABLE.violations(
                Map.of("a", none(), "b", Set.of("a"), "c", Set.of("a", "b"), "d", Set.of("e"))))
        .containsExactly("b may not use a", "c may not use b", "d may not use e");
  }

  @Test
  void a_row_that_allows_what_is_above_or_unknown_is_found() {
    assertThat(table("0, a, b", "1, b, e").violations(Map.of("a", none(), "b", none())))
        .containsExactly(
            "a lists b, which is no package of its level or below",
            "b lists e, which is no package of its level or below");
  }

  @Test
  void a_package_is_in_the_table_once() {
    assertThatThrownBy(() -> table("0, a,", "1, a,")).hasMessage("a is in the table twice");
  }

  private static PackageTable table(String... lines) {
    return PackageTable.parse(Stream.of(lines));
  }

  private static Set<String> none() {
    return Set.of();
  }

  private static Set<String> all() {
    return Set.of("a", "b", "c");
  }
}
