package com.openagents.runtime.access;

/// The answer of [Verification].
public sealed interface Verdict {

  record Accepted(Caller caller) implements Verdict {}

  record Refused(Reason why) implements Verdict {}

  /// Why a request was turned away.
  enum Reason {
    MISSING(false, "the request has no X-OA-RUNTIME-SIGNATURE header"),
    MALFORMED(false, "the signature does not have the form v1.<claims>.<mac>"),
    UNKNOWN_KEY(false, "no live key has the kid of the signature"),
    WRONG_SIGNATURE(false, "the signature was not made with the key of its kid"),
    ISSUED_IN_THE_FUTURE(false, "the signature was issued in the future: check the clock"),
    EXPIRED(false, "the signature has expired: sign every attempt anew"),
    LIVES_TOO_LONG(false, "the signature must expire within 300 seconds of its issue"),
    REPLAYED(false, "the nonce was used before: sign every attempt anew"),
    METHOD_MISMATCH(true, "the signature was made for another method"),
    PATH_MISMATCH(true, "the signature was made for another path or query"),
    BODY_MISMATCH(true, "the signature was made for another body"),
    PRINCIPAL_MISMATCH(true, "the signature does not name the principal of the headers"),
    RUN_MISMATCH(true, "the signature was made for another run"),
    THREAD_MISMATCH(true, "the signature was made for another thread");

    private final boolean authentic;
    private final String message;

    Reason(boolean authentic, String message) {
      this.authentic = authentic;
      this.message = message;
    }

    /// Whether the credential is good, but for something else.
    public boolean authentic() {
      return authentic;
    }

    /// Says to a person what is wrong; has nothing of the request in it.
    public String message() {
      return message;
    }
  }
}
