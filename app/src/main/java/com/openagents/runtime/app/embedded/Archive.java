package com.openagents.runtime.app.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's binaries for one platform, packed on the class path.
///
/// @param fingerprint names the content: length and CRC-32 of the packed file. It tells versions
///   apart; it is no protection against forgery, which the class path does not need.
record Archive(URL location, String fingerprint) {

  /// Finds the binaries of `platform`.
  ///
  /// @throws EmbeddedPostgresException when this build carries none
  static Archive find(Platform platform) {
    URL location = Archive.class.getResource("/" + platform.archiveName());
    if (location == null) {
      throw new EmbeddedPostgresException(
          ("This build carries no PostgreSQL for %s. Build it on such a machine,"
                  + " or set DATABASE_URL to a PostgreSQL 15 or newer.")
              .formatted(platform));
    }
    try {
      return new Archive(location, fingerprintOf(location));
    } catch (IOException e) {
      throw new EmbeddedPostgresException("The packed PostgreSQL cannot be read: " + location, e);
    }
  }

  /// A jar knows length and checksum of its entries, so 15 MB need not be read at every start.
  private static String fingerprintOf(URL location) throws IOException {
    if (location.openConnection() instanceof JarURLConnection jar && jar.getJarEntry() != null) {
      return fingerprint(jar.getJarEntry().getSize(), jar.getJarEntry().getCrc());
    }
    try (InputStream in = location.openStream()) {
      byte[] content = in.readAllBytes();
      var crc = new CRC32();
      crc.update(content);
      return fingerprint(content.length, crc.getValue());
    }
  }

  private static String fingerprint(long length, long crc) {
    return "%x-%08x".formatted(length, crc);
  }

  /// Writes every file of the archive below `target`, which must exist, through to the disk. There
  /// are a thousand small ones: the disk is waited for beside the unpacking.
  void unpack(Path target) throws IOException {
    try (var forcing = new Forcing();
        var tar =
            new TarArchiveInputStream(
                new XZInputStream(new BufferedInputStream(location.openStream(), 1 << 16)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, target, forcing);
      }
      forcing.await();
    }
  }

  private static void write(
      TarArchiveInputStream tar, TarArchiveEntry entry, Path target, Forcing forcing)
      throws IOException {
    Path path = target.resolve(entry.getName()).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("entry outside of the archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
      forcing.begin(path);
    }
  }
}
