package com.openagents.runtime.token;

import com.openagents.runtime.access.Membership;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.Principal;
import java.time.Instant;
import java.util.stream.Collectors;

/// What a client's token says. Times are in whole seconds.
///
/// @param id of this one token
public record TokenClaims(
    String issuer, String audience, String id, Instant issuedAt, Instant expiresAt, Grant grant) {

  /// The subject: `user:<id>` or `guest:<scope>`, and never anything else.
  public String subject() {
    return grant.principal().key();
  }

  /// The claims' JSON. All custom claims are flat, and the same in each token for the same grant.
  Json.Obj json() {
    Json.Builder json =
        Json.object()
            .put("iss", issuer)
            .put("aud", audience)
            .put("sub", subject())
            .put("iat", issuedAt.getEpochSecond())
            .put("nbf", issuedAt.getEpochSecond())
            .put("exp", expiresAt.getEpochSecond())
            .put("jti", id)
            .put("oa_claims_version", grant.kind().claimsVersion());
    switch (grant.principal()) {
      case Principal.User(long user) -> json.put("oa_user_id", user);
      case Principal.Guest(String scope) -> json.put("oa_guest_scope", scope);
    }
    switch (grant.kind()) {
      case CONVEX ->
          json.put(
              "scope",
              grant.scopes().stream().map(Scope::wireName).collect(Collectors.joining(" ")));
      case SYNC ->
          json.put("oa_org_id", subject())
              .put(
                  "oa_sync_scopes",
                  Json.array(
                      grant.scopes().stream().map(scope -> Json.of(scope.wireName())).toList()));
    }
    Membership membership = grant.membership();
    if (membership != null) {
      Membership.Role role = membership.role();
      json.put("oa_workspace_id", membership.workspaceId())
          .put("oa_role", role == null ? null : role.wireName());
    }
    return json.build();
  }
}
