package com.openagents.runtime.http.access;

import com.openagents.runtime.access.Caller;
import com.openagents.runtime.access.Presented;
import com.openagents.runtime.http.exchange.Guard;
import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IdentityWatch;

/// Believes callers that another way of telling believes, if an identity token also proves which
/// service they are.
///
/// The token is looked at behind the signature and before the body and the nonce: who cannot sign
/// costs no work on tokens, and who has no token uses no nonce up.
public final class IdentifiedCallers implements Authentication {

  private final Authentication callers;
  private final Bearer bearer;

  public IdentifiedCallers(Authentication callers, IdentityTokens tokens, IdentityWatch watch) {
    this.callers = callers;
    this.bearer = new Bearer(tokens, watch);
  }

  @Override
  public Glanced glance(Credential credential, Guard guard) {
    Glanced glanced = callers.glance(credential, guard);
    String service = bearer.proven(credential.authorizations()).subject();
    return new Glanced(glanced.signature(), service, null);
  }

  @Override
  public Caller caller(Glanced glanced, Presented request) {
    return callers.caller(glanced, request).from(glanced.service());
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
