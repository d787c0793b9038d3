import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// Formats the hand-written Java of the repository, or with `--check` names what is not formatted.
///
/// Contents seen to be formatted are remembered by digest in `target/format/seen`, so that a run
/// costs only what changed.
final class Format {
  private static final Set<String> GENERATED = Set.of("target", "node_modules", ".git");

  private Format() {}

  public static void main(String[] args) throws IOException {
    var check = List.of(args).contains("--check");
    var root = Path.of("").toAbsolutePath();
    var seenFile = root.resolve("target/format/seen");
    var formatter = digest(root.resolve("target/format/google-java-format.jar"));
    var files = sources(root);
    var seen = seen(seenFile, formatter);
    var changed = files.stream().filter(file -> !seen.contains(digest(file))).toList();
    var status = changed.isEmpty() ? 0 : format(check, changed);
    if (status == 0) {
      var digests = Stream.concat(Stream.of(formatter), files.stream().map(Format::digest));
      Files.write(seenFile, (Iterable<String>) digests::iterator);
      System.out.printf("format: %d files, %d looked at%n", files.size(), changed.size());
    } else if (check) {
      System.out.println("format: the files above are not formatted; run .mvn/format");
    }
    System.exit(status);
  }

  private static int format(boolean check, List<Path> files) {
    var options = check ? Stream.of("--dry-run", "--set-exit-if-changed") : Stream.of("--replace");
    var arguments = Stream.concat(options, files.stream().map(Path::toString));
    return ToolProvider.findFirst("google-java-format")
        .orElseThrow()
        .run(System.out, System.err, arguments.toArray(String[]::new));
  }

  private static Set<String> seen(Path file, String formatter) throws IOException {
    var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
    return !lines.isEmpty() && lines.getFirst().equals(formatter) ? new HashSet<>(lines) : Set.of();
  }

  private static List<Path> sources(Path root) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return GENERATED.contains(dir.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static String digest(Path file) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
