package com.openagents.runtime.token;

import com.openagents.runtime.identity.Ids;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.token.Minted.Issued;
import com.openagents.runtime.token.Minted.Reason;
import com.openagents.runtime.token.Minted.Refused;
import com.openagents.runtime.token.Minted.TooMany;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/// Makes tokens for clients. What a token says of its subject is what its session proved; there is
/// no way to ask for another. Thread-safe.
public final class Minting {

  private final Terms terms;
  private final TokenSigner signer;
  private final Revocations revocations;
  private final Allowance allowance;
  private final InstantSource clock;
  private final Ids ids;

  /// @param issuer as tokens name it
  /// @param audiences one for each kind
  /// @param guests whether guests get tokens
  public record Terms(String issuer, Map<TokenKind, String> audiences, boolean guests) {
    public Terms {
      audiences = Map.copyOf(audiences);
    }

    String audience(TokenKind kind) {
      return Optional.ofNullable(audiences.get(kind)).orElseThrow();
    }
  }

  public Minting(
      Terms terms,
      TokenSigner signer,
      Revocations revocations,
      Allowance allowance,
      InstantSource clock,
      Ids ids) {
    this.terms = terms;
    this.signer = signer;
    this.revocations = revocations;
    this.allowance = allowance;
    this.clock = clock;
    this.ids = ids;
  }

  /// @throws com.openagents.runtime.log.StoreUnavailable when nobody can tell what is revoked
  public Minted mint(Wish wish) {
    if (wish.principal() instanceof Principal.Guest && !terms.guests()) {
      return new Refused(Reason.GUEST);
    }
    if (!wish.asked().isProvenBy(wish.proven())) {
      return new Refused(Reason.NOT_A_MEMBER);
    }
    return allowance
        .take(wish.principal().key())
        .<Minted>map(TooMany::new)
        .orElseGet(() -> allowed(wish));
  }

  private Minted allowed(Wish wish) {
    if (revocations.isRevoked(null, wish.principal())) {
      return new Refused(Reason.REVOKED);
    }
    TokenClaims claims = claims(wish);
    return new Issued(signer.sign(claims.json()), claims);
  }

  private TokenClaims claims(Wish wish) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new TokenClaims(
        terms.issuer(),
        terms.audience(wish.kind()),
        ids.next().toString(),
        now,
        now.plus(wish.life()),
        new Grant(
            wish.kind(),
            wish.principal(),
            wish.scopes().isEmpty() ? wish.kind().usual() : wish.scopes(),
            wish.proven()));
  }
}
