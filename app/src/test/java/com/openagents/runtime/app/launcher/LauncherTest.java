package com.openagents.runtime.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
  private final Machine machine;

  LauncherTest(@TempDir Path root) throws IOException {
    machine = new Machine(root);
  }

  private void javaOnPathIs(int version) throws IOException {
    machine.onPath(machine.jdk(version, machine.path("old", "jdk")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr-lib-jvm/temurin-25-jdk-amd64",
        "opt/jdk-25.0.1",
        "opt/java/openjdk",
        "usr-java/latest",
        "home/.sdkman/candidates/java/25-tem",
        "home/.jdks/temurin-25",
        "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
      })
  void beside_a_java_17_on_the_path_it_finds_the_jdk_25(String place) throws Exception {
    javaOnPathIs(17);
    machine.jdk(21, machine.path("usr-lib-jvm", "a-21"));
    machine.jdk(25, machine.path(place));
    machine.built();

    var outcome = machine.launch("doctor");
    assertThat(outcome.output()).startsWith("java 25:").endsWith(" [doctor]");
    assertThat(outcome.errors()).isEmpty();
  }

  @Test
  void a_java_on_the_path_that_suits_goes_before_others() throws Exception {
    javaOnPathIs(26);
    machine.jdk(25, machine.path("usr-lib-jvm", "25"));
    machine.built();
    assertThat(machine.launch("doctor").output()).startsWith("java 26:");
  }

  @Test
  void java_home_goes_first_when_it_suits_and_is_passed_over_when_not() throws Exception {
    var suits = machine.jdk(25, machine.path("elsewhere", "25"));
    var old = machine.jdk(8, machine.path("elsewhere", "8"));
    javaOnPathIs(27);
    machine.built();
    var script = machine.path("checkout", "app", "bin", "openagents-runtime");
    assertThat(machine.launch(script, Map.of("JAVA_HOME", suits.toString())).output())
        .startsWith("java 25:");
    assertThat(machine.launch(script, Map.of("JAVA_HOME", old.toString())).output())
        .startsWith("java 27:");
  }

  @Test
  void without_a_jdk_that_suits_it_says_where_to_get_one() throws Exception {
    javaOnPathIs(17);
    machine.built();
    var outcome = machine.launch("doctor");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors())
        .contains("A JDK 25 or newer is needed, and none was found.")
        .contains("The java on the PATH is version 17")
        .contains("https://adoptium.net/")
        .contains("JAVA_HOME");
  }

  @Test
  void without_any_java_it_says_the_same() throws Exception {
    assertThat(machine.launch().errors()).contains("none was found", "https://adoptium.net/");
  }

  @Test
  void arguments_options_and_status_pass_through() throws Exception {
    machine.jdk(25, machine.path("usr-lib-jvm", "25"));
    machine.built();
    var script = machine.path("checkout", "app", "bin", "openagents-runtime");
    var outcome =
        machine.launch(
            script, Map.of("JAVA_OPTS", "-Xmx1g -Da=b"), "run", "verify", "a b", "", "*");
    assertThat(outcome.status()).isEqualTo(7);
    assertThat(outcome.output())
        .contains(" [-Xmx1g] [-Da=b] [-jar] [" + machine.jar().toRealPath() + "]")
        .endsWith(" [run] [verify] [a b] [] [*]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "demo", "bench", "drill"})
  void what_runs_for_long_ends_when_it_has_no_memory_left(String verb) throws Exception {
    machine.jdk(25, machine.path("usr-lib-jvm", "25"));
    machine.built();
    assertThat(machine.launch(verb).output())
        .contains(" [-XX:+ExitOnOutOfMemoryError]")
        .contains(" [-Djdk.httpclient.bufsize=4096]");
    assertThat(machine.launch("doctor").output()).doesNotContain("OutOfMemory");
  }

  @Test
  void it_may_be_called_through_links_and_lie_in_a_path_with_spaces(@TempDir Path other)
      throws Exception {
    var spacious = new Machine(other.resolve("a place with spaces"));
    spacious.jdk(25, spacious.path("home", ".jdks", "25"));
    spacious.built();
    var script = spacious.path("checkout", "app", "bin", "openagents-runtime");
    var first = Files.createSymbolicLink(other.resolve("first"), script);
    var second = Files.createSymbolicLink(spacious.path("home", "oa"), first);
    assertThat(spacious.launch(second, Map.of(), "x").output()).endsWith(" [x]");
  }

  @Test
  void without_a_jar_it_builds_one_and_shows_how_far_it_is() throws Exception {
    var jdk = machine.jdk(25, machine.path("usr-lib-jvm", "25"));
    machine.maven(
        """
        printf '%s\\n' "$PWD" "$JAVA_HOME" "$*" > "$PWD/call"
        echo '[INFO] Scanning for projects...'
        echo '[INFO] Building OpenAgents Runtime: core 0.1.0-SNAPSHOT              [2/9]'
        touch app/target/openagents-runtime.jar
        """);
    var outcome = machine.launch("doctor");
    assertThat(outcome.output()).startsWith("java 25:").endsWith(" [doctor]");
    assertThat(outcome.errors())
        .contains("Building the service")
        .contains("  2 of 9: OpenAgents Runtime: core\n")
        .doesNotContain("Scanning");
    assertThat(machine.path("checkout", "call"))
        .content()
        .startsWith(machine.path("checkout").toRealPath() + "\n" + jdk + "\n")
        .contains("-pl app -am package");
  }

  @Test
  void after_a_build_it_learns_to_start_fast_and_uses_that_from_then_on() throws Exception {
    machine.jdk(25, machine.path("usr-lib-jvm", "25"));
    machine.maven("touch app/target/openagents-runtime.jar\n");
    var cache = "[-XX:AOTCache=" + machine.path("checkout").toRealPath();
    var first = machine.launch("serve");
    assertThat(first.errors()).contains("Preparing fast starts, once.");
    assertThat(first.output()).contains(cache).endsWith(" [serve]");
    assertThat(machine.cache()).hasContent("learned");
    var second = machine.launch("demo");
    assertThat(second.errors()).isEmpty();
    assertThat(second.output()).contains(cache);
    assertThat(machine.launch("doctor").output()).doesNotContain("AOTCache");
  }

  @Test
  void what_was_learned_of_an_older_jar_is_not_used_and_that_is_told() throws Exception {
    machine.jdk(25, machine.path("usr-lib-jvm", "25"));
    machine.built();
    assertThat(machine.launch("serve").output()).doesNotContain("AOTCache");
    Files.createFile(machine.cache());
    Files.setLastModifiedTime(machine.cache(), FileTime.from(Instant.EPOCH));
    var slow = machine.launch("serve");
    assertThat(slow.output()).doesNotContain("AOTCache");
    assertThat(slow.errors()).contains("openagents-runtime learn").hasLineCount(1);
    Files.setLastModifiedTime(machine.jar(), FileTime.from(Instant.EPOCH.minusSeconds(10)));
    var fast = machine.launch("serve");
    assertThat(fast.output()).contains("[-XX:AOTCache=");
    assertThat(fast.errors()).isEmpty();
  }

  @Test
  void of_a_jar_that_it_has_not_built_it_learns_when_it_is_told_to() throws Exception {
    machine.jdk(25, machine.path("usr-lib-jvm", "25"));
    machine.built();
    Files.writeString(machine.cache(), "of an older jar");
    Files.setLastModifiedTime(machine.cache(), FileTime.from(Instant.EPOCH));
    var outcome = machine.launch("learn");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).isEqualTo("Preparing fast starts, once.\n");
    assertThat(machine.cache()).hasContent("learned");
    assertThat(machine.launch("serve").output()).contains("[-XX:AOTCache=");
  }

  @Test
  void a_learning_that_fails_is_told_and_leaves_what_there_was() throws Exception {
    var jdk = machine.jdk(25, machine.path("usr-lib-jvm", "25"));
    machine.built();
    Files.writeString(machine.cache(), "of before");
    var java = jdk.resolve("bin").resolve("java");
    Files.writeString(java, Files.readString(java).replace("exit 0", "exit 3"));
    var outcome = machine.launch("learn");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.errors()).contains("Starts stay as they are", "learn.log");
    assertThat(machine.cache()).hasContent("of before");
    assertThat(machine.cache().resolveSibling("").toFile().list())
        .containsExactlyInAnyOrder("openagents-runtime.jar", "openagents-runtime.aot", "learn.log");
  }

  @Test
  void options_about_the_cache_are_not_talked_into() throws Exception {
    machine.jdk(25, machine.path("usr-lib-jvm", "25"));
    machine.built();
    var script = machine.path("checkout", "app", "bin", "openagents-runtime");
    var outcome = machine.launch(script, Map.of("JAVA_OPTS", "-XX:AOTMode=off"), "serve");
    assertThat(outcome.errors()).isEmpty();
  }

  @Test
  void a_build_that_fails_is_told_with_its_errors_and_its_log() throws Exception {
    machine.jdk(25, machine.path("usr-lib-jvm", "25"));
    machine.maven("echo '[INFO] fine'; echo '[ERROR] no such artifact'; exit 1\n");
    var outcome = machine.launch("doctor");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors())
        .contains("[ERROR] no such artifact")
        .contains("The build failed; everything it said is in ")
        .contains("build.log");
  }

  @Test
  void without_maven_it_says_where_to_get_it() throws Exception {
    machine.jdk(25, machine.path("usr-lib-jvm", "25"));
    var outcome = machine.launch("doctor");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.errors()).contains("no mvn on the PATH", "https://maven.apache.org/");
  }
}
