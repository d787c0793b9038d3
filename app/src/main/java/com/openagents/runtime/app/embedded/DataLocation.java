package com.openagents.runtime.app.embedded;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/// Where the service keeps its files when nobody says where.
///
/// @param why what was wrong with the usual place; empty when this is it
public record DataLocation(Path path, String why) {
  private static final String NAME = "openagents-runtime";

  /// The place for this process: `$HOME/.openagents-runtime` where that can serve. PostgreSQL does
  /// not run as root, so for root a directory that an unprivileged user can reach has to stand in
  /// when the home directory is closed; for a user without a usable home it is one below the
  /// directory for temporary files.
  ///
  /// @throws EmbeddedPostgresException when there is no place
  public static DataLocation usual() {
    var home = home(System.getenv("HOME"), Path.of(System.getProperty("user.home", "/")));
    var temporary =
        temporary(Path.of("/var/tmp"), Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    try {
      return choose(home, Path.of("/var/lib"), temporary, Users.self());
    } catch (IOException e) {
      throw new EmbeddedPostgresException("There is no place for data: " + e, e);
    }
  }

  /// The home that the environment names, where it can be written to; Java itself knows only that
  /// of the system's list of users.
  static Path home(@Nullable String named, Path listed) {
    if (named == null || !named.startsWith("/")) {
      return listed;
    }
    Path home = Path.of(named);
    return Files.isDirectory(home) && Files.isWritable(home) ? home : listed;
  }

  /// What lies in the first survives a start of the machine, as a rule.
  static Path temporary(Path lasting, Path fleeting) {
    return Files.isWritable(lasting) ? lasting : fleeting;
  }

  static DataLocation choose(Path home, Path system, Path temporary, UserPrincipal self)
      throws IOException {
    Path usual = home.resolve("." + NAME);
    boolean root = self.equals(Users.root());
    boolean usable = Files.isWritable(Files.exists(usual) ? usual : home);
    if (usable && (!root || Users.othersMayEnter(usual))) {
      return new DataLocation(usual, "");
    }
    String why =
        usable ? home + " is closed to the database's user" : home + " cannot be written to";
    Path forSystem = system.resolve(NAME);
    if (root && Files.isWritable(Files.exists(forSystem) ? forSystem : system)) {
      return new DataLocation(forSystem, why);
    }
    return new DataLocation(
        ours(temporary.resolve(NAME + "-" + self.getName()), self, root),
        why + "; the system may delete what lies there, so choose an OA_DATA_DIR to keep it");
  }

  /// Anybody may make directories among the temporary files, so this one must be our own.
  private static Path ours(Path directory, UserPrincipal self, boolean root) throws IOException {
    var mode = PosixFilePermissions.fromString(root ? "rwx--x--x" : "rwx------");
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(mode));
    } catch (FileAlreadyExistsException _) {
      if (!Files.isDirectory(directory, NOFOLLOW_LINKS)
          || !Files.getOwner(directory, NOFOLLOW_LINKS).equals(self)) {
        throw new EmbeddedPostgresException(
            directory + " belongs to somebody else. Choose an OA_DATA_DIR.");
      }
    }
    return directory;
  }
}
