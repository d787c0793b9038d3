package com.openagents.runtime.http.oidc;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// An address that keys may be read from: over TLS, or on this machine.
///
/// @param text exactly as it was given, for issuers are compared as text
public record IssuerAddress(String text) {

  private static final String DISCOVERY = "/.well-known/openid-configuration";

  /// @throws IllegalArgumentException when it is no such address; the message completes the
  ///   sentence "this value …"
  public IssuerAddress {
    URI uri = parsed(text);
    if (uri.getHost() == null || !(isSecure(uri) || isLocal(uri))) {
      throw new IllegalArgumentException(
          "is no address that begins with https://, or with http:// on this machine");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("has a user, a query or a fragment");
    }
  }

  private static URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw new IllegalArgumentException("is no address");
    }
  }

  private static boolean isSecure(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  private static boolean isLocal(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost());
  }

  private static boolean isLoopback(@Nullable String host) {
    if (host == null || host.equals("localhost")) {
      return host != null;
    }
    try {
      return InetAddress.ofLiteral(host.replace("[", "").replace("]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  public URI uri() {
    return parsed(text);
  }

  /// Where an issuer of this address says where its keys are.
  URI discovery() {
    return parsed((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + DISCOVERY);
  }

  /// The address that an issuer of this one names for its keys: never from TLS to something less.
  ///
  /// @throws IllegalArgumentException when it may not be that one
  IssuerAddress keysAt(String other) {
    IssuerAddress named = new IssuerAddress(other);
    if (isLocal(named.uri()) && !isLocal(uri())) {
      throw new IllegalArgumentException("is an address on this machine, named by another");
    }
    return named;
  }

  @Override
  public String toString() {
    return text;
  }
}
