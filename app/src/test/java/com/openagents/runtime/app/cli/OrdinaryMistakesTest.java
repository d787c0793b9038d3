package com.openagents.runtime.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.embedded.SharedBinaries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people get wrong is told in one line, without the places in the code.
class OrdinaryMistakesTest {
  private static final Map<String, String> NOTHING = Map.of();
  private static final String RUN = "00000000-0000-4000-8000-000000000001";

  @TempDir private Path directory = Path.of("");

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("run show nonsense", "'nonsense': a run id is a UUID"),
        Arguments.of("run start --run x Hello", "'x': a run id is a UUID"),
        Arguments.of("run show --guest bad " + RUN, "'bad': a guest scope is g- and 32"),
        Arguments.of("run show --user 0 " + RUN, "'0': a user id is an integer from 1"),
        Arguments.of("run show --user me " + RUN, "'me': a user id is an integer from 1"),
        Arguments.of("run show --url foo " + RUN, "'foo': a service's address has the form"),
        Arguments.of("run tail --after soon " + RUN, "'soon' is not a long"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void a_value_that_cannot_be_is_a_mistake_of_usage(String line, String told) {
    assertOneLine(Shell.run(NOTHING, line.split(" ", -1)), ExitCode.USAGE, told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "tail"})
  void a_service_that_does_not_run_is_told_at_once_with_what_to_do(String command) {
    var result = Shell.run(NOTHING, "run", command, "--url", "http://127.0.0.1:1", RUN);
    assertOneLine(result, ExitCode.FAILED, "no runtime answers at http://127.0.0.1:1; `serve`");
  }

  @Test
  void the_service_of_this_machine_is_looked_for_where_the_settings_say() {
    var settings = Map.of("OA_HTTP_HOST", "::1", "OA_HTTP_PORT", "1");
    var result = Shell.run(settings, "run", "show", RUN);
    assertOneLine(result, ExitCode.FAILED, "no runtime answers at http://[::1]:1; `serve`");
  }

  @Test
  void a_directory_is_no_bundle() {
    var result = Shell.run(NOTHING, "run", "verify", directory.toString());
    assertOneLine(result, ExitCode.FAILED, directory + ": this is a directory");
  }

  @Test
  void an_export_needs_a_directory_to_lie_in() {
    String file = directory.resolve("missing/bundle.ndjson").toString();
    var result = Shell.run(NOTHING, "run", "export", RUN, file);
    assertOneLine(result, ExitCode.FAILED, file + ": this is no place for a file");
  }

  @Test
  void data_that_cannot_be_kept_is_told_with_its_place() {
    var result = Shell.run(Map.of("OA_DATA_DIR", "/proc/openagents", "OA_HTTP_PORT", "0"), "serve");
    assertOneLine(result, ExitCode.FAILED, "Choose another OA_DATA_DIR.");
  }

  @Test
  void a_database_that_lets_nobody_in_is_told_before_anything_starts() {
    var result = Shell.run(Map.of("DATABASE_URL", "postgresql://u:p@127.0.0.1:1/d"), "serve");
    assertOneLine(result, ExitCode.FAILED, "the database does not answer: ");
  }

  @Test
  void a_port_that_is_taken_is_named() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      var result =
          Shell.run(
              Map.of(
                  "OA_DATA_DIR",
                  SharedBinaries.in(directory).toString(),
                  "OA_HTTP_PORT",
                  Integer.toString(port)),
              "serve");
      assertThat(result.status()).isEqualTo(ExitCode.FAILED);
      assertThat(result.errors())
          .contains(
              "\ncannot listen on port " + port + " of 127.0.0.1: ",
              "OA_HTTP_PORT or OA_PUBLIC_HTTP_PORT\n")
          .doesNotContain("\tat ", "Exception");
    }
  }

  private static void assertOneLine(Shell.Result result, int status, String told) {
    assertThat(result.errors()).contains(told).hasLineCount(1).doesNotContain("\tat ");
    assertThat(result.status()).isEqualTo(status);
    assertThat(result.output()).isEmpty();
  }
}
