package com.openagents.runtime.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class JsonUtil",
        "class StringUtils",
        "class LeaseManager",
        "class TestHelper",
        "class RunsImpl",
        "class AbstractLog",
        "class BaseContract",
        "interface EventLogPort",
        "record RunData()",
        "record NodeInfo()",
        "interface IEventLog",
        "class A { enum HelperKind",
      })
  void an_empty_word_in_a_name_is_found(String declaration) {
    assertThat(namesIn(declaration)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class Utility",
        "class Base64Url",
        "class Implication",
        "interface Ids",
        "interface Idempotency",
        "class Portfolio",
        "class PortRange",
        "class Database",
        "class Information",
        "class DataPoint",
      })
  void a_word_that_only_looks_like_one_is_left_alone(String declaration) {
    assertThat(namesIn(declaration)).isEmpty();
  }

  @Test
  void a_package_named_after_nothing_is_found() {
    var tree =
        SourceTree.of(
            new Source("a/src/main/java/p/util/A.java", "package p.util; class A {}"),
            new Source("a/src/main/java/p/run/B.java", "package p.run; class B {}"));
    assertThat(NameRules.packages(tree)).containsExactly("p.util is a package named after nothing");
  }

  private static List<String> namesIn(String declaration) {
    var body = " {}" + "}".repeat(declaration.contains("{") ? 1 : 0);
    return NameRules.types(SourceTree.of(new Source("a/src/main/java/A.java", declaration + body)));
  }
}
