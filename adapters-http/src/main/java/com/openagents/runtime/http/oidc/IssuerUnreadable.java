package com.openagents.runtime.http.oidc;

/// The keys of an issuer could not be read.
public final class IssuerUnreadable extends Exception {

  private static final long serialVersionUID = 1L;

  /// @param message says to an operator what is wrong
  IssuerUnreadable(String message) {
    super(message);
  }
}
