package com.openagents.runtime.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/// A document in `docs/states` that must say what its machine does.
///
/// `mvn -pl core test -Dtest='*Diagram*' -Dstates.write=true` writes it anew.
public final class StateDocument {

  private StateDocument() {}

  public static void assertCurrent(String name, String text) throws IOException {
    Path file = repository().resolve("docs/states").resolve(name);
    if (Boolean.getBoolean("states.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(file)
        .as("%s says what the machine does; -Dstates.write=true writes it anew", name)
        .hasContent(text);
  }

  private static Path repository() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(directory -> Files.isDirectory(directory.resolve(".mvn")))
        .findFirst()
        .orElseThrow();
  }
}
