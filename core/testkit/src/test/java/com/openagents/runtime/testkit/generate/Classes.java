package com.openagents.runtime.testkit.generate;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The classes of a package as they lie in a folder or a jar.
final class Classes {

  private Classes() {}

  /// @param neighbour a class of the package
  static List<Class<?>> beside(Class<?> neighbour) {
    try {
      Path where = Path.of(neighbour.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(where)) {
        return in(where, neighbour.getPackageName());
      }
      try (FileSystem jar = FileSystems.newFileSystem(where)) {
        return in(jar.getPath("/"), neighbour.getPackageName());
      }
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Class<?>> in(Path root, String name) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(name.replace('.', '/')))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
          .map(file -> name + "." + file.substring(0, file.length() - ".class".length()))
          .<Class<?>>map(Classes::named)
          .toList();
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
