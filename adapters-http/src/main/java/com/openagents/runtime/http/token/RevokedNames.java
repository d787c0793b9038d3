package com.openagents.runtime.http.token;

import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.token.Revoked;

/// How calls name what tokens are revoked by.
final class RevokedNames {

  private RevokedNames() {}

  /// @throws Problem when the name is none of its kind
  static Revoked of(RevokedKind kind, String name) {
    try {
      return switch (kind) {
        case SUBJECT -> new Revoked.Subject(Principal.ofKey(name));
        case TOKEN -> new Revoked.TokenId(name);
      };
    } catch (IllegalArgumentException _) {
      throw Problem.at(
          ProblemCode.UNPROCESSABLE, "/name", "is not user:<id> or guest:g-<32 hex digits>");
    }
  }

  static String kind(Revoked revoked) {
    return revoked instanceof Revoked.TokenId ? "token" : "subject";
  }

  static String name(Revoked revoked) {
    return switch (revoked) {
      case Revoked.TokenId(String id) -> id;
      case Revoked.Subject(Principal principal) -> principal.key();
    };
  }
}
