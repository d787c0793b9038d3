package com.openagents.runtime.access;

import static com.openagents.runtime.access.Verdict.Reason.BODY_MISMATCH;
import static com.openagents.runtime.access.Verdict.Reason.EXPIRED;
import static com.openagents.runtime.access.Verdict.Reason.ISSUED_IN_THE_FUTURE;
import static com.openagents.runtime.access.Verdict.Reason.LIVES_TOO_LONG;
import static com.openagents.runtime.access.Verdict.Reason.MALFORMED;
import static com.openagents.runtime.access.Verdict.Reason.METHOD_MISMATCH;
import static com.openagents.runtime.access.Verdict.Reason.MISSING;
import static com.openagents.runtime.access.Verdict.Reason.PATH_MISMATCH;
import static com.openagents.runtime.access.Verdict.Reason.PRINCIPAL_MISMATCH;
import static com.openagents.runtime.access.Verdict.Reason.REPLAYED;
import static com.openagents.runtime.access.Verdict.Reason.RUN_MISMATCH;
import static com.openagents.runtime.access.Verdict.Reason.THREAD_MISMATCH;
import static com.openagents.runtime.access.Verdict.Reason.UNKNOWN_KEY;
import static com.openagents.runtime.access.Verdict.Reason.WRONG_SIGNATURE;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Verdict.Reason;
import com.openagents.runtime.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/// Decides whether a signed request is who it says it is.
///
/// The order of the checks is part of the contract: shape, known key, signature, times, binding to
/// this request, and last the nonce, so that only a request that passes everything else uses its
/// nonce up. Thread-safe.
public final class Verification {

  /// How far the clock of a signer may be ahead of ours.
  public static final Duration SKEW = Duration.ofSeconds(30);

  private static final Duration LIFETIME_MAX = Duration.ofMinutes(5);

  private final SigningKeys keys;
  private final Nonces nonces;
  private final InstantSource clock;

  public Verification(SigningKeys keys, Nonces nonces, InstantSource clock) {
    this.keys = keys;
    this.nonces = nonces;
    this.clock = clock;
  }

  /// What a header alone tells, before a request's body is read: everything but its binding to the
  /// request and its nonce, which is not used up.
  public sealed interface Glance {}

  /// The header was signed with a live key, and is of this time.
  ///
  /// Only [Verification] makes it, so that whoever has one has seen the proof.
  public static final class Proven implements Glance {

    private final Claims claims;

    private Proven(Claims claims) {
      this.claims = claims;
    }
  }

  /// The header is not good for any request.
  public record Unproven(Reason why) implements Glance {}

  /// @param header the value of [Signer#HEADER], or null when the request has none
  public Glance glance(@Nullable String header) {
    if (header == null) {
      return new Unproven(MISSING);
    }
    Token token = Token.parse(header).orElse(null);
    if (token == null) {
      return new Unproven(MALFORMED);
    }
    SecretKey key = keys.find(token.claims().keyId()).orElse(null);
    if (key == null) {
      return new Unproven(UNKNOWN_KEY);
    }
    if (!token.isSignedWith(key)) {
      return new Unproven(WRONG_SIGNATURE);
    }
    return untimely(token.claims(), clock.instant())
        .<Glance>map(Unproven::new)
        .orElseGet(() -> new Proven(token.claims()));
  }

  /// @param header the value of [Signer#HEADER], or null when the request has none
  /// @throws com.openagents.runtime.log.StoreUnavailable when the nonce cannot be checked
  public Verdict verify(@Nullable String header, Presented request) {
    return switch (glance(header)) {
      case Unproven(Reason why) -> refused(why);
      case Proven proven -> verify(proven, request);
    };
  }

  /// Goes on from a glance. The times are looked at again: a body may take long to come.
  ///
  /// @throws com.openagents.runtime.log.StoreUnavailable when the nonce cannot be checked
  public Verdict verify(Proven proven, Presented request) {
    Claims claims = proven.claims;
    return untimely(claims, clock.instant())
        .or(() -> mismatch(claims.binding(), request))
        .or(() -> replay(claims))
        .map(Verification::refused)
        .orElseGet(() -> accepted(claims, request));
  }

  private static Optional<Reason> untimely(Claims claims, Instant now) {
    Instant issued = claims.issuedAt();
    Instant expires = claims.expiresAt();
    if (issued.isAfter(now.plus(SKEW))) {
      return Optional.of(ISSUED_IN_THE_FUTURE);
    }
    if (!expires.isAfter(now)) {
      return Optional.of(EXPIRED);
    }
    boolean lasts = expires.isAfter(issued) && !expires.isAfter(issued.plus(LIFETIME_MAX));
    return lasts ? Optional.empty() : Optional.of(LIVES_TOO_LONG);
  }

  private static Optional<Reason> mismatch(Binding bound, Presented request) {
    Principal principal = bound.principal();
    String user = principal instanceof Principal.User(long id) ? Long.toString(id) : null;
    String guest = principal instanceof Principal.Guest(String scope) ? scope : null;
    if (!bound.method().equals(request.method())) {
      return Optional.of(METHOD_MISMATCH);
    }
    if (!bound.target().equals(request.target())) {
      return Optional.of(PATH_MISMATCH);
    }
    if (!bound.body().equals(request.body())) {
      return Optional.of(BODY_MISMATCH);
    }
    if (claimsAnother(user, request.userId()) || claimsAnother(guest, request.guestScope())) {
      return Optional.of(PRINCIPAL_MISMATCH);
    }
    if (bound.runId() != null
        && request.runId() != null
        && !request.runId().equalsIgnoreCase(bound.runId().toString())) {
      return Optional.of(RUN_MISMATCH);
    }
    if (bound.threadId() != null
        && request.threadId() != null
        && !request.threadId().equals(bound.threadId().value())) {
      return Optional.of(THREAD_MISMATCH);
    }
    return Optional.empty();
  }

  /// Whether a header names a principal that the claims do not.
  private static boolean claimsAnother(@Nullable String claimed, @Nullable String header) {
    return header != null && !header.equals(claimed);
  }

  /// Who remembers nonces may have a clock that is ahead of this one, by which the token expires.
  private Optional<Reason> replay(Claims claims) {
    Instant remembered = claims.expiresAt().plus(SKEW);
    return nonces.use(claims.nonce(), claims.issuedAt(), remembered)
        ? Optional.empty()
        : Optional.of(REPLAYED);
  }

  private static Verdict accepted(Claims claims, Presented request) {
    Binding bound = claims.binding();
    boolean named = request.userId() != null || request.guestScope() != null;
    return new Verdict.Accepted(
        new Caller(
            claims.keyId(),
            named ? bound.principal() : null,
            claims.roles(),
            bound.runId(),
            bound.threadId(),
            null,
            named ? claims.membership() : null));
  }

  private static Verdict refused(Reason reason) {
    return new Verdict.Refused(reason);
  }
}
