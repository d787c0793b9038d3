package com.openagents.runtime.app.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/// What a listener's host and port are as a URL.
public final class HttpAddress {
  private HttpAddress() {}

  /// @param host a name or an address; one of IPv6 without brackets
  public static URI of(String host, int port) {
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }

  /// Where the service of these settings is reached from its own machine.
  public static URI fromHere(Settings settings) {
    String host = settings.get(Catalog.HTTP_HOST);
    return of(isAny(host) ? loopback(host) : host, settings.get(Catalog.HTTP_PORT));
  }

  private static boolean isAny(String host) {
    try {
      return InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private static String loopback(String any) {
    return any.contains(":") ? "::1" : "127.0.0.1";
  }
}
