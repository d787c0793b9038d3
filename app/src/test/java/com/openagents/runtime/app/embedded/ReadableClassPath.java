package com.openagents.runtime.app.embedded;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.io.IOUtils;
import org.apache.commons.lang3.ArrayUtils;
import org.slf4j.Logger;
import org.tukaani.xz.XZInputStream;

/// What [EmbeddedPostgresProcess] needs, copied to where every user may read it: the checkout and
/// the local repository may be closed to other users.
final class ReadableClassPath {
  private static final List<Class<?>> ONE_OF_EACH =
      List.of(
          EmbeddedPostgres.class,
          EmbeddedPostgresProcess.class,
          TarArchiveEntry.class,
          XZInputStream.class,
          IOUtils.class,
          ArrayUtils.class,
          DigestUtils.class,
          Logger.class,
          LoggerContext.class,
          Context.class);

  private static final String TEXT = copy();

  private ReadableClassPath() {}

  static String text() {
    return TEXT;
  }

  private static String copy() {
    try {
      Path target = Files.createTempDirectory("openagents-classes");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(target)));
      open(target);
      var sources = new ArrayList<Path>();
      for (Class<?> type : ONE_OF_EACH) {
        sources.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
      }
      var archive = Archive.find(Platform.current()).location().openConnection();
      sources.add(Path.of(URI.create(((JarURLConnection) archive).getJarFileURL().toString())));
      var copies = new ArrayList<String>();
      for (Path source : sources) {
        copies.add(copy(source, target.resolve(Integer.toString(copies.size()))).toString());
      }
      return String.join(File.pathSeparator, copies);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path copy(Path source, Path target) throws IOException {
    try (var paths = Files.walk(source)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path copy = target.resolve(source.relativize(path).toString());
        Files.copy(path, copy);
        open(copy);
      }
    }
    return target;
  }

  private static void open(Path path) throws IOException {
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static void delete(Path directory) {
    try {
      Durable.deleteTree(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
