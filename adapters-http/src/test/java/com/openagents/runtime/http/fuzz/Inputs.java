package com.openagents.runtime.http.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The inputs on file.
final class Inputs {

  private Inputs() {}

  static String of(String name) {
    try (InputStream in = Inputs.class.getResourceAsStream("/fuzz/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// In the order of their names, which is the same everywhere.
  static List<Path> files(Target target) {
    URL place =
        Objects.requireNonNull(Inputs.class.getResource("/fuzz/" + target.directory()), "inputs");
    try (Stream<Path> files = Files.list(Path.of(place.toURI()))) {
      return files.sorted().toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
