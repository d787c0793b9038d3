package com.openagents.runtime.http;

import com.openagents.runtime.http.oidc.IdentityTokens;
import com.openagents.runtime.http.oidc.IssuerDocuments;
import com.openagents.runtime.http.oidc.IssuerKeys;
import com.openagents.runtime.http.oidc.TestIssuer;
import com.openagents.runtime.http.oidc.TestKey;
import com.openagents.runtime.http.oidc.TestToken;
import com.openagents.runtime.http.oidc.TrustedIssuer;
import java.time.InstantSource;
import java.util.Set;

/// A service that asks which service calls, and the issuer that can tell it. For its keys no time
/// passes: those that are read once are read no second time.
final class Identified implements AutoCloseable {

  static final TestKey RSA = TestKey.rsa("r1");
  static final TestKey CURVE = TestKey.curve("c1");

  private final TestIssuer issuer = new TestIssuer();
  private final IssuerDocuments documents = new IssuerDocuments(issuer.address());
  private final Service service;

  Identified() {
    issuer.publish(RSA, CURVE);
    InstantSource clock = InstantSource.system();
    var trusted =
        new TrustedIssuer(issuer.address(), TestToken.AUDIENCE, Set.of(TestToken.SUBJECT, "other"));
    var keys = new IssuerKeys(documents, Runnable::run, () -> 0, new HeardIdentities());
    service =
        new Service(Service.Settings.SIGNED.identifying(new IdentityTokens(trusted, keys, clock)));
  }

  Service service() {
    return service;
  }

  TestIssuer issuer() {
    return issuer;
  }

  /// A good token, signed with RS256.
  TestToken token() {
    return TestToken.of(issuer.address(), RSA, service.clock().instant());
  }

  /// A caller that signs, and has a token.
  Client client() {
    return client(token().text());
  }

  /// A caller that signs, with this in the place of a token.
  Client client(String token) {
    return service.client().with("Authorization", "Bearer " + token);
  }

  @Override
  public void close() {
    service.close();
    documents.close();
    issuer.close();
  }
}
