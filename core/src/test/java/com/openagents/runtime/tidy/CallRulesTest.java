package com.openagents.runtime.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallRulesTest {
  private static final String MAIN = "core/src/main/java/p/A.java";
  private static final String TEST = "core/src/test/java/p/A.java";
  private static final String CLI = "app/src/main/java/com/openagents/runtime/app/cli/A.java";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Thread.sleep(1);",
        "java.util.concurrent.TimeUnit.SECONDS.sleep(1);",
        "MILLISECONDS.sleep(1);",
        "Sleeping s = Thread::sleep;",
        "System.out.println();",
        "System.err.println();",
        "list.forEach(System.out::println);",
        "failure.printStackTrace();",
      })
  void a_call_that_hides_a_race_or_a_failure_is_found(String statement) {
    assertThat(callsIn(MAIN, statement)).hasSize(1);
    assertThat(callsIn(TEST, statement)).hasSize(1);
  }

  @Test
  void the_command_line_prints() {
    assertThat(callsIn(CLI, "System.out.println();")).isEmpty();
  }

  @Test
  void a_call_is_not_found_in_a_comment_or_a_string() {
    assertThat(callsIn(MAIN, "/* Thread.sleep(1) */ var s = \"System.out.println()\";")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Disabled",
        "org.junit.jupiter.api.Disabled",
        "DisabledOnOs(WINDOWS)",
        "EnabledIf(\"x\")",
        "EnabledIfSystemProperty(named = \"x\", matches = \"y\")",
        "DisabledIfEnvironmentVariable(named = \"x\", matches = \"y\")",
        "EnabledOnJre(JAVA_25)",
        "EnabledForJreRange(min = JAVA_25)"
      })
  void a_skipped_test_is_found(String annotation) {
    assertThat(calls(TEST, "class A { @" + annotation + " void m() {} }")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import org.junit.jupiter.api.Assumptions;",
        "import static org.assertj.core.api.Assumptions.assumeThat;",
        "import static java.lang.Thread.sleep;"
      })
  void a_test_assumes_nothing_and_sleeps_under_no_other_name(String statement) {
    assertThat(calls("core/testkit/src/main/java/p/A.java", statement + " class A {}")).hasSize(1);
    assertThat(calls(TEST, statement + " class A {}")).hasSize(1);
  }

  private static List<String> callsIn(String path, String statement) {
    return calls(path, "class A { void m() { " + statement + " } }");
  }

  private static List<String> calls(String path, String text) {
    return CallRules.calls(SourceTree.of(new Source(path, text)));
  }
}
