package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A data directory seen from outside, without starting anything in it.
public final class Inspection {
  private final Layout layout;

  private Inspection(Layout layout) {
    this.layout = layout;
  }

  public static Inspection of(Path dataDirectory) {
    return new Inspection(Layout.in(dataDirectory));
  }

  /// What a start would find, in a few words.
  ///
  /// @throws EmbeddedPostgresException when PostgreSQL could not be provided here
  public String prospect() {
    var platform = Platform.current();
    var archive = Archive.find(platform);
    try {
      var account = Account.choose(layout, Users.self(), Programs::works);
      return "binaries for %s (%s) in this build; the database in %s %s; it runs as user %s"
          .formatted(
              platform,
              archive.fingerprint(),
              layout.cluster(),
              Files.isDirectory(layout.cluster()) ? "exists" : "is made at the first start",
              account.user().getName());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /// The PostgreSQL that some process runs here now.
  ///
  /// @throws EmbeddedPostgresException when this user may not know its password
  public Optional<Running> running() {
    try {
      if (!Files.exists(layout.lock())) {
        return Optional.empty();
      }
      var owner = Owner.read(layout.lock());
      var port = owner.database().map(address -> address.replaceFirst(".*:", ""));
      if (port.isEmpty() || !owner.lives()) {
        return Optional.empty();
      }
      String password = Files.readString(layout.password()).strip();
      return Optional.of(
          new Running(owner, Endpoint.onLoopback(Integer.parseInt(port.get()), password)));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private EmbeddedPostgresException unreadable(IOException e) {
    return new EmbeddedPostgresException(layout.root() + " cannot be looked into: " + e, e);
  }

  /// A PostgreSQL that another process owns.
  public record Running(Owner owner, Endpoint endpoint) {}
}
