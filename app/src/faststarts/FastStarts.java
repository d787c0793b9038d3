import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/// Lets the demo run once for the virtual machine to learn what a start of the service needs, and
/// writes the arguments with which `java` starts it from what was learned.
///
/// Argument: the directory to write. Classes come from the class path; those in folders are packed
/// into jars, for the virtual machine keeps nothing of folders. The arguments are there also when
/// nothing was learned: starts are slower then, and nothing else.
final class FastStarts {
  private static final String MAIN = "com.openagents.runtime.app.Main";

  /// Those of the tests' processes, as far as a cache depends on them.
  private static final List<String> OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private FastStarts() {}

  public static void main(String[] arguments) throws Exception {
    Path output = Path.of(arguments[0]).toAbsolutePath();
    delete(output);
    Files.createDirectories(output);
    String classPath = packed(System.getProperty("java.class.path"), output);
    var starting = new ArrayList<String>();
    Path cache = output.resolve("cache");
    if (learn(classPath, cache, output.resolve("log"))) {
      starting.addAll(List.of(quoted("-XX:AOTCache=" + cache), "-Xlog:aot*=off"));
    } else {
      System.out.println("fast starts: nothing was learned, see " + output.resolve("log"));
    }
    starting.addAll(List.of("-cp", quoted(classPath), MAIN));
    Files.write(output.resolve("arguments"), starting);
  }

  /// As a file of arguments wants what has blanks.
  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\") + '"';
  }

  private static String packed(String classPath, Path output) {
    var jars = new ArrayList<String>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        Path jar = output.resolve(jars.size() + ".jar");
        pack(path, jar);
        jars.add(jar.toString());
      } else {
        jars.add(entry);
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static void pack(Path classes, Path jar) {
    int status =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-c",
                "-0",
                "-f",
                jar.toString(),
                "-C",
                classes.toString(),
                ".");
    if (status != 0) {
      throw new IllegalStateException("no jar of " + classes);
    }
  }

  private static boolean learn(String classPath, Path cache, Path log)
      throws IOException, InterruptedException {
    // The database may run as another user, who must come to its files.
    Path work = Files.createTempDirectory("openagents-learn");
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
    try {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(OPTIONS);
      command.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-cp", classPath, MAIN, "demo"));
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(log.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("OA_"));
      builder.environment().remove("DATABASE_URL");
      builder
          .environment()
          .putAll(Map.of("OA_DATA_DIR", work.resolve("data").toString(), "OA_HTTP_PORT", "0"));
      return builder.start().waitFor() == 0 && Files.exists(cache);
    } finally {
      delete(work);
    }
  }

  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (var paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
