package com.openagents.runtime.http.access;

import static com.openagents.runtime.http.exchange.ProblemCode.FORBIDDEN;
import static com.openagents.runtime.http.exchange.ProblemCode.UNAUTHORIZED;

import com.openagents.runtime.access.Caller;
import com.openagents.runtime.access.Presented;
import com.openagents.runtime.access.Verdict;
import com.openagents.runtime.access.Verdict.Reason;
import com.openagents.runtime.access.Verification;
import com.openagents.runtime.access.Verification.Proven;
import com.openagents.runtime.access.Verification.Unproven;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Problem;
import java.util.Objects;

/// Believes signatures.
public final class SignedCallers implements Authentication {

  private final Verification verification;

  public SignedCallers(Verification verification) {
    this.verification = verification;
  }

  @Override
  public Glanced glance(Credential credential, Guard guard) {
    return switch (verification.glance(credential.signature())) {
      case Proven proven -> Glanced.signed(proven);
      case Unproven(Reason why) -> throw refused(why);
    };
  }

  @Override
  public Caller caller(Glanced glanced, Presented request) {
    Proven signature = Objects.requireNonNull(glanced.signature());
    return switch (verification.verify(signature, request)) {
      case Verdict.Accepted(Caller caller) -> caller;
      case Verdict.Refused(Reason why) -> throw refused(why);
    };
  }

  private static Problem refused(Reason why) {
    return new Problem(why.authentic() ? FORBIDDEN : UNAUTHORIZED, why.message());
  }

  @Override
  public void admit(Caller caller, Guard guard) {
    switch (guard) {
      case PUBLIC -> {}
      case PRINCIPAL, SESSION -> principal(caller);
      case OWNER -> {
        if (!caller.isOperator()) {
          principal(caller);
        }
      }
      case LOCAL, OPERATOR -> {
        if (!caller.isOperator()) {
          throw new Problem(FORBIDDEN, "the call needs the role operator in the signed claims");
        }
      }
    }
  }

  private static void principal(Caller caller) {
    if (caller.principal() == null) {
      throw new Problem(
          UNAUTHORIZED,
          "the call needs a principal: X-OA-USER-ID or X-OA-GUEST-SCOPE, named in the claims too");
    }
  }

  @Override
  public boolean trusting() {
    return false;
  }
}
