package com.openagents.runtime.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Restate's server as npm has it, in the version of `restate/package.json`.
final class RestateProgram {

  private static final List<String> FILES = List.of("package.json", "package-lock.json");

  private static final Pattern VERSION =
      Pattern.compile("\"@restatedev/restate-server\": \"([^\"]+)\"");

  private RestateProgram() {}

  /// Finds the program, and gets it from npm where it is missing or of another version.
  ///
  /// @param folder where npm puts it
  /// @throws IOException when npm is not there, or cannot get it
  static Path install(Path folder, Consumer<String> progress)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    boolean asked = false;
    for (String name : FILES) {
      asked |= replaced(folder.resolve(name), resource(name));
    }
    Path packages = folder.resolve("node_modules").resolve("@restatedev");
    if (asked || !Files.isDirectory(packages)) {
      progress.accept("getting Restate's server from npm, some 60 MB");
      npm(folder);
    }
    try (var found =
        Files.find(packages, 3, (path, _) -> path.endsWith(Path.of("bin", "restate-server")))) {
      return found
          .filter(path -> !path.startsWith(packages.resolve("restate-server")))
          .findFirst()
          .orElseThrow(() -> new IOException("npm has no Restate server for this platform"));
    }
  }

  /// The version that npm is asked for.
  static String version() throws IOException {
    Matcher version = VERSION.matcher(new String(resource("package.json"), StandardCharsets.UTF_8));
    if (!version.find()) {
      throw new IllegalStateException("restate/package.json names no version");
    }
    return version.group(1);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = RestateProgram.class.getResourceAsStream("/restate/" + name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  private static boolean replaced(Path file, byte[] content) throws IOException {
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return false;
    }
    Files.write(file, content);
    return true;
  }

  private static void npm(Path folder) throws IOException, InterruptedException {
    Process npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said;
    try (var lines = npm.inputReader()) {
      said = lines.readAllAsString();
    }
    if (npm.waitFor() != 0) {
      throw new IOException("npm failed: " + said.strip());
    }
  }
}
