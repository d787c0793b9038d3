package com.openagents.runtime.access;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Verdict.Reason;
import com.openagents.runtime.access.Verification.Unproven;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A caller's and a server's side of one signed request, on a clock that stands still.
final class Signed {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String FIRST = "k1=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  static final String SECOND = "k2=HxwdHhscGRoYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgE";
  static final RunId RUN = new RunId(new UUID(7, 9));
  static final Principal USER = new Principal.User(42);
  static final Digest BODY = Digest.ofText("{\"reason\":\"enough\"}");
  static final Binding BINDING =
      new Binding("POST", "/internal/v1/runs/x/cancel?a=%20b", BODY, null, null, USER);
  static final Presented REQUEST =
      new Presented("POST", "/internal/v1/runs/x/cancel?a=%20b", BODY, "42", null, null, null);

  private final Set<String> used = new HashSet<>();
  private final Nonces nonces = (nonce, issuedAt, expiresAt) -> used.add(nonce);

  /// Nonces that were used up so far.
  Set<String> used() {
    return used;
  }

  Verdict verify(@Nullable String header, Presented request) {
    return server(FIRST).verify(header, request);
  }

  /// Why a glance at a header ends there.
  Optional<Reason> glance(@Nullable String header) {
    return server(FIRST).glance(header) instanceof Unproven(Reason why)
        ? Optional.of(why)
        : Optional.empty();
  }

  Verification server(String keys) {
    return new Verification(SigningKeys.parse(keys), nonces, InstantSource.fixed(NOW));
  }

  static String by(String keys, Claims claims) {
    return signer(keys).sign(claims);
  }

  static Signer signer(String keys) {
    return new Signer(SigningKeys.parse(keys), InstantSource.fixed(NOW), () -> new UUID(1, 2));
  }

  static Claims claims(Binding binding) {
    return lasting(Duration.ZERO, Duration.ofMinutes(1), binding);
  }

  /// Claims issued so long after now that live for so long.
  static Claims lasting(Duration issuedIn, Duration lifetime, Binding binding) {
    Instant issued = NOW.plus(issuedIn);
    return new Claims(issued, issued.plus(lifetime), "n-1", "k1", binding, Set.of(), null);
  }
}
