package com.openagents.runtime.http.access;

import static com.openagents.runtime.http.exchange.ProblemCode.FORBIDDEN;

import com.openagents.runtime.access.Caller;
import com.openagents.runtime.access.Presented;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IdentityVerdict.Proven;
import com.openagents.runtime.http.oidc.IdentityVerdict.Reason;
import com.openagents.runtime.http.oidc.IdentityWatch;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Believes callers that another way of telling believes, and where a call is for sessions, also
/// people who bring a token of the identity provider instead of a signature. A call that is signed
/// is looked at as any other signed call.
public final class SessionCallers implements Authentication {

  private final Authentication callers;
  private final Bearer bearer;

  /// @param tokens of the identity provider of people
  public SessionCallers(Authentication callers, IdentityTokens tokens, IdentityWatch watch) {
    this.callers = callers;
    this.bearer = new Bearer(tokens, watch);
  }

  @Override
  public Glanced glance(Credential credential, Guard guard) {
    boolean bare = credential.authorizations().isEmpty() && callers.trusting();
    if (guard != Guard.SESSION || credential.signature() != null || bare) {
      return callers.glance(credential, guard);
    }
    Proven proven = bearer.proven(credential.authorizations());
    return new Glanced(null, null, session(proven));
  }

  private Session session(Proven proven) {
    try {
      return Session.of(proven.subject(), proven.claims());
    } catch (IllegalArgumentException _) {
      throw bearer.refused(Reason.NO_USER);
    }
  }

  @Override
  public Caller caller(Glanced glanced, Presented request) {
    Session session = glanced.session();
    if (session == null) {
      return callers.caller(glanced, request);
    }
    String id = Long.toString(session.user().id());
    if (isAnother(id, request.userId()) || request.guestScope() != null) {
      throw new Problem(FORBIDDEN, "the token is not of the principal of the headers");
    }
    return new Caller(null, session.user(), Set.of(), null, null, null, session.membership());
  }

  private static boolean isAnother(String id, @Nullable String header) {
    return header != null && !header.equals(id);
  }

  @Override
  public void admit(Caller caller, Guard guard) {
    callers.admit(caller, guard);
  }

  @Override
  public boolean trusting() {
    return callers.trusting();
  }
}
