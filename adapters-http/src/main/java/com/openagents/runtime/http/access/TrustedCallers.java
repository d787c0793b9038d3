package com.openagents.runtime.http.access;

import static com.openagents.runtime.http.exchange.ProblemCode.UNAUTHORIZED;

import com.openagents.runtime.access.Caller;
import com.openagents.runtime.access.Presented;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.identity.Principal;
import java.util.Set;

/// Believes every caller, for development on one machine: a principal's header is taken as it is,
/// and a caller that names none is user 1. Whoever reaches the machine's loopback may do anything.
public final class TrustedCallers implements Authentication {

  private static final Principal NOBODY_IN_PARTICULAR = new Principal.User(1);

  @Override
  public Glanced glance(Credential credential, Guard guard) {
    return Glanced.NOTHING;
  }

  @Override
  public Caller caller(Glanced glanced, Presented request) {
    return new Caller(null, principal(request), Set.of(), null, null, null, null);
  }

  private static Principal principal(Presented request) {
    String userId = request.userId();
    String guestScope = request.guestScope();
    if (userId != null && guestScope != null) {
      throw new Problem(UNAUTHORIZED, "X-OA-USER-ID and X-OA-GUEST-SCOPE exclude each other");
    }
    try {
      if (userId != null) {
        return new Principal.User(Long.parseLong(userId));
      }
      return guestScope == null ? NOBODY_IN_PARTICULAR : new Principal.Guest(guestScope);
    } catch (IllegalArgumentException e) {
      throw new Problem(
          UNAUTHORIZED,
          "X-OA-USER-ID is a number from 1; X-OA-GUEST-SCOPE is g- and 32 lowercase hex digits");
    }
  }

  @Override
  public void admit(Caller caller, Guard guard) {}

  @Override
  public boolean trusting() {
    return true;
  }
}
