package com.openagents.runtime.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.embedded.MadeDatabase;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example in the README with an agent of one's own.
class ServedAgentExampleTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("```java\n((?:(?!```).)*class Served .*?)```", Pattern.DOTALL);

  @Test
  void the_example_compiles_as_it_stands_and_its_agent_answers(@TempDir Path folder)
      throws IOException, InterruptedException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../README.md")));
    assertThat(example.find()).isTrue();
    Path source = Files.writeString(folder.resolve("Served.java"), example.group(1));
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder java =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    source.toString(),
                    "demo",
                    "--json",
                    "--agent",
                    "butler"))
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile());
    java.environment().put("OA_DATA_DIR", MadeDatabase.in(folder.resolve("data")).toString());
    java.environment().put("OA_HTTP_PORT", "0");
    Process process = java.start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    Json.Obj ran = (Json.Obj) JsonReader.read(Files.readString(output));
    assertThat(ran.get("answer")).asString().contains("the offline stand-in speaking");
  }
}
