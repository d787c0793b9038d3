package com.openagents.runtime.app.drill;

import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.app.wiring.RandomIds;
import com.openagents.runtime.http.client.Credentials;
import com.openagents.runtime.identity.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;

/// The secret that the clients of a drill sign with.
///
/// Their clock is ahead, as far as a node lets it: after a crash of the database, tokens that say
/// that they were issued in the 30 seconds behind it are refused, and so the clients are back after
/// five.
final class DrillKeys {

  private static final Duration AHEAD = Duration.ofSeconds(25);
  private static final int SECRET_BYTES = 32;

  private final String setting;

  DrillKeys() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    setting = "drill=" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /// As the nodes are told it.
  String setting() {
    return setting;
  }

  Credentials credentials() {
    InstantSource clock = InstantSource.offset(InstantSource.system(), AHEAD);
    Signer signer = new Signer(SigningKeys.parse(setting), clock, new RandomIds(clock));
    return new Credentials(signer, new Principal.User(Customer.USER), Set.of(), null);
  }
}
