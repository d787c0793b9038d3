package com.openagents.runtime.token;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The tokens with which the projector of this runtime writes into Convex. They are made here and
/// nowhere else: no call of the API leads to one. Thread-safe.
public final class WriterTokens implements Supplier<String> {

  public static final String SUBJECT = "service:projector";
  public static final String CLAIMS_VERSION = "oa_convex_writer_v1";

  static final Duration LIFE = Duration.ofMinutes(5);

  /// Kept for a request that takes long, and for clocks that differ.
  static final Duration LEFT_MIN = Duration.ofMinutes(2);

  private final String issuer;
  private final String audience;
  private final TokenSigner signer;
  private final InstantSource clock;
  private final Ids ids;
  private @Nullable Made last;

  private record Made(String text, Instant goodBefore) {}

  /// @param issuer as tokens name it
  /// @param audience that of the writer alone
  public WriterTokens(
      String issuer, String audience, TokenSigner signer, InstantSource clock, Ids ids) {
    this.issuer = issuer;
    this.audience = audience;
    this.signer = signer;
    this.clock = clock;
    this.ids = ids;
  }

  /// Returns a token that is good for two more minutes at least; the same one for as long as it is.
  @Override
  public synchronized String get() {
    Instant now = clock.instant();
    if (last == null || !now.isBefore(last.goodBefore())) {
      last = made(now.truncatedTo(ChronoUnit.SECONDS));
    }
    return last.text();
  }

  private Made made(Instant now) {
    Instant expires = now.plus(LIFE);
    Json.Obj claims =
        Json.object()
            .put("iss", issuer)
            .put("aud", audience)
            .put("sub", SUBJECT)
            .put("iat", now.getEpochSecond())
            .put("nbf", now.getEpochSecond())
            .put("exp", expires.getEpochSecond())
            .put("jti", ids.next().toString())
            .put("oa_claims_version", CLAIMS_VERSION)
            .build();
    return new Made(signer.sign(claims).text(), expires.minus(LEFT_MIN));
  }
}
