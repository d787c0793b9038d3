package com.openagents.runtime.app.wiring;

import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.SealKey;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.seal.Ed25519;
import com.openagents.runtime.seal.Signer;
import java.nio.file.Path;
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

  private SealKeys() {}

  /// Warns where other nodes may share the database: they should share the key as well.
  static Signer of(Settings settings, Path directory) {
    KeyPair pair =
        settings
            .find(Catalog.SEAL_KEY)
            .orElseGet(() -> SealKey.parse(KeptKey.text(directory, FILE, SealKeys::seed)));
    if (settings.find(Catalog.SEAL_KEY).isEmpty()
        && settings.find(Catalog.DATABASE_URL).isPresent()) {
      LOG.warn(
          "OA_SEAL_KEY is not set: this node seals with a key of its own, kept in {}", directory);
    }
    return Ed25519.signer(pair);
  }

  private static String seed() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(seed);
  }
}
