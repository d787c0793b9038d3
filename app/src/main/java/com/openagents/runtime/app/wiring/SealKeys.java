package com.openagents.runtime.app.wiring;

import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.SealKey;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.seal.Ed25519;
import com.openagents.runtime.seal.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The key that seals logs: the operator's, or one that is made once and kept among the data.
final class SealKeys {

  private static final Logger LOG = LoggerFactory.getLogger(SealKeys.class);
  private static final int SEED_BYTES = 32;
  private static final String FILE = "seal.key";
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private SealKeys() {}

  /// Warns where other nodes may share the database: they should share the key as well.
  static Signer of(Settings settings, Path directory) {
    KeyPair pair = settings.find(Catalog.SEAL_KEY).orElseGet(() -> SealKey.parse(kept(directory)));
    if (settings.find(Catalog.SEAL_KEY).isEmpty()
        && settings.find(Catalog.DATABASE_URL).isPresent()) {
      LOG.warn(
          "OA_SEAL_KEY is not set: this node seals with a key of its own, kept in {}", directory);
    }
    return Ed25519.signer(pair);
  }

  private static String kept(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      Files.createDirectories(directory);
      create(file);
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the seal key cannot be kept in " + file, e);
    }
  }

  /// The file appears whole or not at all, so that a start that is cut short leaves no broken key.
  private static void create(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(seed);
    Path draft = Files.createTempFile(file.getParent(), FILE, ".new", OWNER_ONLY);
    try {
      Files.writeString(draft, text);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another start was first; its key is the one.
      return;
    } finally {
      Files.delete(draft);
    }
  }
}
