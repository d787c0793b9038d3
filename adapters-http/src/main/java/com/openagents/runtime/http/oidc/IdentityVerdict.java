package com.openagents.runtime.http.oidc;

import com.openagents.runtime.canon.Json;

/// The answer of [IdentityTokens].
public sealed interface IdentityVerdict {

  /// @param subject whom the token names
  /// @param claims all of the token's
  record Proven(String subject, Json.Obj claims) implements IdentityVerdict {}

  record Refused(Reason why) implements IdentityVerdict {}

  /// Why a token was turned away. The messages have nothing of the token in them.
  enum Reason {
    MISSING("the call needs an identity token: Authorization: Bearer <token>"),
    MALFORMED("the identity token is no signed JWT, or there is more than one"),
    WRONG_HEADER("the identity token's header asks for something that is not granted"),
    UNKNOWN_KEY("the issuer has no key for RS256 or ES256 with the kid of the identity token"),
    WRONG_SIGNATURE("the identity token was not signed with the key of its kid"),
    WRONG_CLAIMS("a claim of the identity token is missing or of another type"),
    WRONG_ISSUER("the identity token is of another issuer"),
    WRONG_AUDIENCE("the identity token is for another audience"),
    EXPIRED("the identity token has expired"),
    NOT_YET("the identity token is not valid yet: check the clock"),
    SUBJECT_NOT_ALLOWED("the service of the identity token may not call this runtime"),
    NO_USER("the subject of the session's token is no user, or its claims have another form"),
    ISSUER_AWAY("the keys of the identity token's issuer cannot be read: try the same again soon");

    private final String message;

    Reason(String message) {
      this.message = message;
    }

    /// Says to a person what is wrong.
    public String message() {
      return message;
    }
  }
}
