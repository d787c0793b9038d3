package com.openagents.runtime.http.token;

import com.openagents.runtime.access.Membership;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IdentityVerdict;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.token.Grant;
import com.openagents.runtime.token.Revocations;
import com.openagents.runtime.token.Scope;
import com.openagents.runtime.token.TokenClaims;
import com.openagents.runtime.token.TokenKind;
import com.openagents.runtime.token.TokenVerdict;
import com.openagents.runtime.token.TokenVerdict.Bad;
import com.openagents.runtime.token.TokenVerdict.Good;
import com.openagents.runtime.token.TokenVerdict.Reason;
import com.openagents.runtime.token.TokenVerifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Verifies tokens of clients with the keys of their issuer, which is this service or another.
public final class VerifiedTokens implements TokenVerifier {

  private final Map<TokenKind, IdentityTokens> tokens;
  private final Revocations revocations;

  /// @param tokens believes the issuer, for the audience of each kind
  public VerifiedTokens(Map<TokenKind, IdentityTokens> tokens, Revocations revocations) {
    this.tokens = Map.copyOf(tokens);
    this.revocations = revocations;
  }

  @Override
  public TokenVerdict verify(String token, TokenKind kind) {
    IdentityTokens issuers = Optional.ofNullable(tokens.get(kind)).orElseThrow();
    return switch (issuers.verify(token)) {
      case IdentityVerdict.Proven(_, Json.Obj claims) -> unlessRevoked(claims, kind);
      case IdentityVerdict.Refused(var why) -> new Bad(reason(why));
    };
  }

  private static Reason reason(IdentityVerdict.Reason why) {
    return switch (why) {
      case MISSING, MALFORMED -> Reason.MALFORMED;
      case WRONG_HEADER -> Reason.WRONG_HEADER;
      case UNKNOWN_KEY -> Reason.UNKNOWN_KEY;
      case WRONG_SIGNATURE -> Reason.WRONG_SIGNATURE;
      case WRONG_CLAIMS, SUBJECT_NOT_ALLOWED, NO_USER -> Reason.WRONG_CLAIMS;
      case WRONG_ISSUER -> Reason.WRONG_ISSUER;
      case WRONG_AUDIENCE -> Reason.WRONG_AUDIENCE;
      case EXPIRED -> Reason.EXPIRED;
      case NOT_YET -> Reason.NOT_YET;
      case ISSUER_AWAY -> Reason.ISSUER_AWAY;
    };
  }

  private TokenVerdict unlessRevoked(Json.Obj json, TokenKind kind) {
    TokenClaims claims;
    try {
      claims = claims(json, kind);
    } catch (IllegalArgumentException _) {
      return new Bad(Reason.WRONG_CLAIMS);
    }
    return revocations.isRevoked(claims.id(), claims.grant().principal())
        ? new Bad(Reason.REVOKED)
        : new Good(claims);
  }

  private static TokenClaims claims(Json.Obj json, TokenKind kind) {
    if (!text(json, "oa_claims_version").equals(kind.claimsVersion())) {
      throw new IllegalArgumentException("a token of another kind");
    }
    Set<Scope> scopes = scopes(json, kind);
    Principal principal = Principal.ofKey(text(json, "sub"));
    return new TokenClaims(
        text(json, "iss"),
        audience(json),
        text(json, "jti"),
        time(json, "iat"),
        time(json, "exp"),
        new Grant(kind, principal, scopes, membership(json)));
  }

  private static String audience(Json.Obj json) {
    return json.get("aud") instanceof Json.Str(String audience) ? audience : "";
  }

  private static Set<Scope> scopes(Json.Obj json, TokenKind kind) {
    List<String> texts =
        switch (kind) {
          case CONVEX -> List.of(text(json, "scope").split(" ", -1));
          case SYNC ->
              json.get("oa_sync_scopes") instanceof Json.Arr(var items)
                  ? items.stream().map(VerifiedTokens::text).toList()
                  : List.of();
        };
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("a token for nothing");
    }
    return Scope.all(texts);
  }

  private static @Nullable Membership membership(Json.Obj json) {
    Json workspace = json.get("oa_workspace_id");
    Json role = json.get("oa_role");
    return workspace == null
        ? null
        : new Membership(text(workspace), role == null ? null : Membership.Role.of(text(role)));
  }

  private static Instant time(Json.Obj json, String name) {
    if (json.get(name) instanceof Json.Num(double seconds)) {
      return Instant.ofEpochSecond((long) seconds);
    }
    throw new IllegalArgumentException(name);
  }

  private static String text(Json.Obj json, String name) {
    Json value = json.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name);
    }
    return text(value);
  }

  private static String text(Json value) {
    if (value instanceof Json.Str(String text)) {
      return text;
    }
    throw new IllegalArgumentException("not a text");
  }
}
