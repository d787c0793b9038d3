package com.openagents.runtime.http.oidc;

/// Where the keys of an issuer are read. Thread-safe.
@FunctionalInterface
interface KeySource {

  /// Takes a few seconds at most.
  ///
  /// @throws IssuerUnreadable when there is no key to be had
  PublishedKeys read() throws IssuerUnreadable;
}
