package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/// The database cluster: created once, then kept.
///
/// The service's role owns one database and is not a superuser. The superuser has a password that
/// nobody knows: who may read the files may use PostgreSQL's single-user mode, as this class does.
record Cluster(Path directory, String password) {
  static final String ROLE = "openagents";
  static final String DATABASE = "openagents";

  private static final int PASSWORD_BYTES = 32;

  /// Repetition makes short passwords dear to guess. These cannot be guessed, and each connection
  /// would pay for it.
  private static final int SCRAM_ITERATIONS = 1;

  /// The cluster of `layout`, created when it is missing.
  static Cluster open(Layout layout, Programs programs, Consumer<String> progress)
      throws IOException {
    Path directory = layout.cluster();
    if (!Files.isDirectory(directory)) {
      progress.accept("creating the database in " + directory + " (once)");
      create(layout, programs);
    }
    if (!Files.exists(layout.password())) {
      renewPassword(layout, programs);
    }
    return new Cluster(directory, Files.readString(layout.password()).strip());
  }

  /// Builds the cluster under another name first, so that an interrupted creation leaves nothing
  /// that looks like a database.
  private static void create(Layout layout, Programs programs) throws IOException {
    Path draft = layout.root().resolve("data.draft");
    Path bootstrap = layout.root().resolve("bootstrap-password");
    Durable.deleteTree(draft);
    Files.createDirectory(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    programs.account().own(draft);
    Durable.createPrivately(bootstrap);
    Files.writeString(bootstrap, randomPassword());
    programs.account().own(bootstrap);
    try {
      programs.run("initdb", initdbArguments(draft, bootstrap), "");
    } finally {
      Files.delete(bootstrap);
    }
    administer(
        draft,
        programs,
        """
        CREATE ROLE %s LOGIN;
        CREATE DATABASE %s OWNER %s;
        """
            .formatted(ROLE, DATABASE, ROLE));
    Files.deleteIfExists(layout.password());
    Durable.publish(draft, layout.cluster());
  }

  private static List<String> initdbArguments(Path directory, Path bootstrap) {
    return List.of(
        "--pgdata=" + directory,
        "--pwfile=" + bootstrap,
        "--username=postgres",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--data-checksums",
        "--set=max_connections=100",
        "--set=shared_buffers=256MB",
        "--set=timezone=UTC",
        "--set=log_timezone=UTC");
  }

  /// Gives the role a new password; also the cure for a lost password file.
  private static void renewPassword(Layout layout, Programs programs) throws IOException {
    String password = randomPassword();
    administer(
        layout.cluster(), programs, "ALTER ROLE %s PASSWORD '%s';\n".formatted(ROLE, password));
    Durable.writePrivately(layout.password(), password);
  }

  /// Runs statements, one a line, in PostgreSQL's single-user mode.
  private static void administer(Path directory, Programs programs, String statements)
      throws IOException {
    programs.run(
        "postgres",
        List.of(
            "--single",
            "-D",
            directory.toString(),
            "-c",
            "exit_on_error=on",
            "-c",
            "log_min_error_statement=panic",
            "-c",
            "scram_iterations=" + SCRAM_ITERATIONS,
            "postgres"),
        statements);
  }

  private static String randomPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
