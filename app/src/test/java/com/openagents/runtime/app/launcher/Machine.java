package com.openagents.runtime.app.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A machine of its own for the launcher: its JDKs, its PATH, its checkout, all below one
/// directory.
///
/// Its java prints `java VERSION:` and its arguments, each in brackets, and ends with status 7; or
/// writes the cache that it is asked for.
final class Machine {
  private static final Path SCRIPT = Path.of("bin", "openagents-runtime");
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "dirname",
          "basename",
          "readlink",
          "grep",
          "sed",
          "tee",
          "head",
          "mkdir",
          "touch",
          "mktemp",
          "chmod",
          "mv",
          "rm");

  private final Path root;

  /// What a run of the launcher did.
  record Outcome(int status, String output, String errors) {}

  Machine(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(path("path"));
    Files.createDirectories(path("home"));
    for (String tool : TOOLS) {
      executable(
          path("path", tool), "#!%s\nexec %s \"$@\"\n".formatted(where("bash"), where(tool)));
    }
    String script =
        Files.readString(SCRIPT)
            .replace("#!/usr/bin/env bash", "#!" + where("bash"))
            .replace(" /usr/lib/jvm/", " " + path("usr-lib-jvm") + "/")
            .replace(" /opt/", " " + path("opt") + "/")
            .replace(" /usr/java/", " " + path("usr-java") + "/")
            .replace(" /Library/", " " + path("Library") + "/");
    executable(path("checkout", "app", "bin", "openagents-runtime"), script);
  }

  private static Path where(String tool) {
    return List.of("/usr/bin", "/bin").stream()
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  Path path(String... names) {
    return Path.of(root.toString(), names);
  }

  /// Puts a JDK at `home`, and returns that.
  Path jdk(int version, Path home) throws IOException {
    executable(
        home.resolve("bin").resolve("java"),
        """
        #!%s
        for option in "$@"; do
          case $option in -XX:AOTCacheOutput=*) echo learned > "${option#*=}"; exit 0 ;; esac
        done
        printf 'java %d:'
        printf ' [%%s]' "$@"
        exit 7
        """
            .formatted(where("bash"), version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
    return home;
  }

  /// Makes `java` on the PATH that of `home`.
  void onPath(Path home) throws IOException {
    Files.createSymbolicLink(path("path", "java"), home.resolve("bin").resolve("java"));
  }

  /// Puts a Maven on the PATH.
  void maven(String script) throws IOException {
    executable(path("path", "mvn"), "#!" + where("bash") + "\n" + script);
  }

  Path jar() {
    return path("checkout", "app", "target", "openagents-runtime.jar");
  }

  /// Where the launcher keeps what the virtual machine learned.
  Path cache() {
    return jar().resolveSibling("openagents-runtime.aot");
  }

  void built() throws IOException {
    Files.createDirectories(jar().resolveSibling(""));
    Files.createFile(jar());
  }

  Outcome launch(Path script, Map<String, String> variables, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(script.toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(path("home").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", path("path").toString());
    builder.environment().put("HOME", path("home").toString());
    builder.environment().putAll(variables);
    var process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Outcome(process.onExit().join().exitValue(), output, errors);
  }

  Outcome launch(String... arguments) throws IOException {
    return launch(path("checkout", "app", "bin", "openagents-runtime"), Map.of(), arguments);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
