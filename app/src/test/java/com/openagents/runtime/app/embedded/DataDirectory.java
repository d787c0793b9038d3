package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A fresh data directory for each test, open to every user.
final class DataDirectory implements BeforeEachCallback, AfterEachCallback {
  private Path path = Path.of("");

  Path path() {
    return path;
  }

  Layout layout() {
    return Layout.in(path);
  }

  /// Shuts everybody but its owner out.
  void close() throws IOException {
    mode(path, "rwx------");
  }

  /// Hands the directory to another user.
  void ownBy(UserPrincipal user) throws IOException {
    Files.setOwner(path, user);
    Files.setOwner(layout().root(), user);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    path = Files.createTempDirectory("openagents-data");
    mode(path, "rwx--x--x");
    SharedBinaries.in(path);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    Durable.deleteTree(path);
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
