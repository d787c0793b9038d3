package com.openagents.runtime.http.token;

import com.openagents.runtime.access.Membership;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.token.Minted.Issued;
import com.openagents.runtime.token.Scope;
import com.openagents.runtime.token.TokenClaims;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// How a token is handed out.
final class TokenForms {

  static final Schema SCOPES =
      Schema.listOf(Schema.words(Stream.of(Scope.values()).map(Scope::wireName).toList()));

  static final Schema ROLE =
      Schema.words(Stream.of(Membership.Role.values()).map(Membership.Role::wireName).toList());

  static final Schema CONVEX = common("ConvexToken").field("scope", SCOPES).closed();

  static final Schema SYNC =
      common("SyncToken")
          .field("scopes", SCOPES)
          .field("orgId", Schema.TEXT)
          .field("keyId", Schema.TEXT)
          .closed();

  private TokenForms() {}

  private static Schema.ObjectForm common(String name) {
    return Schema.object(name)
        .field("token", Schema.TEXT)
        .field("tokenType", Schema.words(List.of("Bearer")))
        .field("expiresIn", Schema.COUNT)
        .field("issuedAt", Schema.TIME)
        .field("expiresAt", Schema.TIME)
        .field("issuer", Schema.TEXT)
        .field("audience", Schema.TEXT)
        .field("subject", Schema.TEXT)
        .field("claimsVersion", Schema.TEXT)
        .fieldIfAny("workspaceId", Schema.TEXT)
        .fieldIfAny("role", ROLE);
  }

  static Json.Obj convex(Issued issued) {
    return common(issued).put("scope", scopes(issued.claims())).build();
  }

  static Json.Obj sync(Issued issued) {
    return common(issued)
        .put("scopes", scopes(issued.claims()))
        .put("orgId", issued.claims().subject())
        .put("keyId", issued.token().keyId())
        .build();
  }

  private static Json.Builder common(Issued issued) {
    TokenClaims claims = issued.claims();
    Json.Builder json =
        Json.object()
            .put("token", issued.token().text())
            .put("tokenType", "Bearer")
            .put("expiresIn", Duration.between(claims.issuedAt(), claims.expiresAt()).toSeconds())
            .put("issuedAt", claims.issuedAt())
            .put("expiresAt", claims.expiresAt())
            .put("issuer", claims.issuer())
            .put("audience", claims.audience())
            .put("subject", claims.subject())
            .put("claimsVersion", claims.grant().kind().claimsVersion());
    return membership(claims, json);
  }

  static Json.Builder membership(TokenClaims claims, Json.Builder json) {
    Membership membership = claims.grant().membership();
    if (membership == null) {
      return json;
    }
    Membership.Role role = membership.role();
    return json.put("workspaceId", membership.workspaceId())
        .put("role", role == null ? null : role.wireName());
  }

  static Json scopes(TokenClaims claims) {
    return Json.array(
        claims.grant().scopes().stream().map(scope -> Json.of(scope.wireName())).toList());
  }
}
