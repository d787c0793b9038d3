package com.openagents.runtime.tidy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// The hand-written files of a repository, the Java among them parsed.
record SourceTree(List<Source> sources, List<JavaUnit> javaUnits) {

  static SourceTree of(Source... sources) {
    return of(List.of(sources));
  }

  private static SourceTree of(List<Source> sources) {
    return new SourceTree(
        sources, JavaParser.parse(sources.stream().filter(Source::isJava).toList()));
  }

  /// Reads the repository around the working directory: up to the directory that holds `.mvn`.
  static SourceTree ofThisRepository() {
    var here = Path.of("").toAbsolutePath();
    var root =
        Stream.iterate(here, Objects::nonNull, Path::getParent)
            .filter(directory -> Files.isDirectory(directory.resolve(".mvn")))
            .findFirst()
            .orElseThrow();
    var reading = new Reading(root);
    try {
      Files.walkFileTree(root, reading);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(reading.sources);
  }

  /// Whether there is a file or a directory of this path.
  boolean has(String path) {
    return sources.stream()
        .anyMatch(source -> source.path().equals(path) || source.path().startsWith(path + "/"));
  }

  Stream<JavaUnit> javaUnitsInModules() {
    return javaUnits.stream().filter(unit -> unit.source().isInModule());
  }

  private static final class Reading extends SimpleFileVisitor<Path> {
    private static final Set<String> SKIPPED =
        Set.of("target", "node_modules", ".git", ".idea", "package-lock.json");

    private final Path root;
    private final List<Source> sources = new ArrayList<>();

    private Reading(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return SKIPPED.contains(name(directory))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!SKIPPED.contains(name(file))) {
        var path = root.relativize(file).toString().replace('\\', '/');
        sources.add(new Source(path, new String(Files.readAllBytes(file), UTF_8)));
      }
      return FileVisitResult.CONTINUE;
    }

    private static String name(Path path) {
      return String.valueOf(path.getFileName());
    }
  }
}
