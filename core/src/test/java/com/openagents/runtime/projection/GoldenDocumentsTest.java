package com.openagents.runtime.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The documents and rows of fixed logs are on file, byte for byte.
///
/// After a change on purpose, which raises the version of its projection, look at what the test has
/// left in `target/golden-documents` and copy it.
@Tag("G10")
class GoldenDocumentsTest {

  private static final Path FILES = Path.of("src/test/resources/documents");
  private static final Path ACTUAL = Path.of("target/golden-documents");
  private static final Map<String, String> TOLD = GoldenDocuments.all();

  static Stream<String> logs() {
    return TOLD.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("logs")
  void documents_have_the_bytes_on_file(String log) throws IOException {
    byte[] actual = TOLD.getOrDefault(log, "").getBytes(UTF_8);
    String name = log + ".jsonl";
    Files.createDirectories(ACTUAL);
    Files.write(ACTUAL.resolve(name), actual);
    assertThat(FILES.resolve(name)).hasBinaryContent(actual);
  }

  @Test
  void every_file_is_of_a_log() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(logs().map(log -> log + ".jsonl").toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tr, TR, Pacific/Apia, ISO-8859-9, -XX:+UseSerialGC",
    "ar, EG, Asia/Kathmandu, UTF-16, -XX:TieredStopAtLevel=1"
  })
  void a_machine_that_speaks_otherwise_tells_the_same(
      String language, String country, String zone, String charset, String vm, @TempDir Path folder)
      throws Exception {
    Path output = folder.resolve("documents");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=" + language,
                "-Duser.country=" + country,
                "-Duser.timezone=" + zone,
                "-Dfile.encoding=" + charset,
                "-Dstdout.encoding=" + charset,
                vm,
                "-cp",
                System.getProperty("java.class.path"),
                GoldenDocuments.class.getName(),
                output.toString()));
    Process java = new ProcessBuilder(command).inheritIO().start();
    assertThat(java.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(output)).isEqualTo(String.join("", TOLD.values()));
  }
}
