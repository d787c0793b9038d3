package com.openagents.runtime.app.embedded;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/// The users of the operating system, as far as file ownership needs them.
final class Users {
  private Users() {}

  /// The user that this process runs as.
  static UserPrincipal self() throws IOException {
    return named(Long.toString(new UnixSystem().getUid()));
  }

  static UserPrincipal root() throws IOException {
    return named("0");
  }

  /// @param nameOrNumber a name, or a user id, which need not have a name
  static UserPrincipal named(String nameOrNumber) throws IOException {
    return FileSystems.getDefault()
        .getUserPrincipalLookupService()
        .lookupPrincipalByName(nameOrNumber);
  }

  /// Whether a user who owns nothing on the way can get to `path`. What does not exist yet is left
  /// out: whoever creates it decides.
  static boolean othersMayEnter(Path path) throws IOException {
    Path existing = path.toAbsolutePath().normalize();
    while (!Files.exists(existing)) {
      existing = existing.resolveSibling("");
    }
    for (Path at = existing.toRealPath(); at != null; at = at.getParent()) {
      if (!Files.getPosixFilePermissions(at).contains(OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }
}
