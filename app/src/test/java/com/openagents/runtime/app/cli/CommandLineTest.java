package com.openagents.runtime.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.settings.SettingsDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
  private static final Map<String, String> NOTHING = Map.of();

  /// The words that lead to every command.
  static List<List<String>> commands() {
    var found = new ArrayList<List<String>>();
    collect(Commands.commandLine(new Environment(NOTHING)), List.of(), found);
    return found;
  }

  private static void collect(CommandLine at, List<String> words, List<List<String>> found) {
    found.add(words);
    at.getSubcommands()
        .forEach((name, command) -> {
          var longer = new ArrayList<>(words);
          longer.add(name);
          collect(command, longer, found);
        });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_explains_itself(List<String> words) {
    var arguments = new ArrayList<>(words);
    arguments.add("--help");
    var result = Shell.run(NOTHING, arguments.toArray(String[]::new));
    assertThat(result.status()).isEqualTo(ExitCode.DONE);
    assertThat(result.output())
        .startsWith(String.join(" ", "Usage: openagents-runtime", String.join(" ", words)).strip())
        .contains("--help");
    assertThat(result.errors()).isEmpty();
  }

  @Test
  void the_command_that_is_called_is_made_alone() {
    assertThat(Commands.commandLine(new Environment(NOTHING), "run", "verify").getSubcommands())
        .containsOnlyKeys("run");
  }

  @Test
  void a_command_line_that_is_not_understood_is_answered_with_help() {
    for (String[] arguments :
        new String[][] {{}, {"nothing"}, {"doctor", "--nothing"}, {"run"}, {"run", "verify"}}) {
      var result = Shell.run(NOTHING, arguments);
      assertThat(result.status()).isEqualTo(ExitCode.USAGE);
      assertThat(result.errors()).containsPattern("Usage: openagents-runtime|Did you mean");
      assertThat(result.output()).isEmpty();
    }
  }

  @Test
  void settings_that_cannot_be_used_are_all_named_and_nothing_is_done() {
    var result = Shell.run(Map.of("OA_HTTP_PORT", "x", "OA_NOTHING", "y"), "migrate");
    assertThat(result.status()).isEqualTo(ExitCode.SETTINGS);
    assertThat(result.errors())
        .startsWith("The settings cannot be used:")
        .contains("OA_HTTP_PORT: 'x'")
        .contains("OA_NOTHING: is no setting")
        .doesNotContain("\tat ");
    assertThat(result.output()).isEmpty();
  }

  @Test
  @Tag("G15")
  void a_database_that_does_not_answer_is_told_in_one_line_without_its_password() {
    var result =
        Shell.run(Map.of("DATABASE_URL", "postgresql://u:hunter22@127.0.0.1:1/d"), "migrate");
    assertThat(result.status()).isEqualTo(ExitCode.FAILED);
    assertThat(result.errors())
        .startsWith("the database does not answer: ")
        .hasLineCount(1)
        .doesNotContain("hunter22");
  }

  @Test
  void the_settings_are_listed() {
    var plain = Shell.run(NOTHING, "settings");
    assertThat(plain.status()).isEqualTo(ExitCode.DONE);
    assertThat(plain.output()).contains("OA_HTTP_PORT\n").contains("    default: 4000\n");
    assertThat(Shell.run(NOTHING, "settings", "--markdown").output())
        .isEqualTo(SettingsDocument.markdown());
  }

  @Test
  void the_shell_can_complete_every_command() {
    var result = Shell.run(NOTHING, "generate-completion");
    assertThat(result.status()).isEqualTo(ExitCode.DONE);
    assertThat(result.output()).contains("doctor").contains("migrate").contains("--trusted-key");
  }

  @Test
  void the_version_is_told() {
    assertThat(Shell.run(NOTHING, "--version").output()).startsWith("openagents-runtime ");
  }
}
