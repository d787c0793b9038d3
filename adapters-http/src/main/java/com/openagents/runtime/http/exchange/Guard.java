package com.openagents.runtime.http.exchange;

import static com.openagents.runtime.http.exchange.ProblemCode.FORBIDDEN;
import static com.openagents.runtime.http.exchange.ProblemCode.OVERLOADED;
import static com.openagents.runtime.http.exchange.ProblemCode.UNAUTHORIZED;

import java.util.Set;

/// Who may make a call.
public enum Guard {
  PUBLIC("For everybody, unsigned."),
  LOCAL("For callers on the same machine, unsigned; from elsewhere for operators, signed."),
  OWNER(
      "For a principal, named by X-OA-USER-ID or X-OA-GUEST-SCOPE, one of both, and in the signed"
          + " claims too; what belongs to another does not exist for it. An operator may call"
          + " without a principal and reaches what belongs to anybody."),
  PRINCIPAL(
      "For a principal, named by X-OA-USER-ID or X-OA-GUEST-SCOPE, one of both, and in the signed"
          + " claims too; nobody calls in its place."),
  SESSION(
      "For a session: a principal that a signed call names, as above, or a user whom the token of"
          + " the identity provider names, which stands in the signature's place."),
  OPERATOR("For operators, whose signed claims have the role operator; no principal is needed.");

  private final String whom;

  Guard(String whom) {
    this.whom = whom;
  }

  /// Who that is, for people.
  public String whom() {
    return whom;
  }

  /// Whether a signature is asked for, wherever the call comes from.
  public boolean signed() {
    return this != PUBLIC && this != LOCAL;
  }

  /// Why the guard turns callers away. Who signed is a question to the store, which may be away.
  Set<ProblemCode> refusals() {
    return this == PUBLIC ? Set.of(FORBIDDEN) : Set.of(UNAUTHORIZED, FORBIDDEN, OVERLOADED);
  }
}
