package com.openagents.runtime.http.edge;

import java.time.Duration;
import java.util.Set;

/// Where the service listens and what it bears.
///
/// @param port 0 picks a free one
/// @param corsOrigins origins whose pages may call, such as `https://app.example.com`
/// @param limits what a request may take
public record EdgeSettings(String host, int port, Set<String> corsOrigins, RequestLimits limits) {

  public EdgeSettings {
    corsOrigins = Set.copyOf(corsOrigins);
  }

  /// @param bodyBytesMax of bodies that have no limit of their own
  /// @param headBytesMax of the request line and headers
  /// @param headTimeout until a request's head is whole
  /// @param bodyTimeout until a request's body is whole
  /// @param idleTimeout of a connection on which nothing happens
  /// @param bodiesBytesMax of all bodies and answers that are in memory
  /// @param connectionsMax open at a time; further ones wait to be accepted
  public record RequestLimits(
      int bodyBytesMax,
      int headBytesMax,
      Duration headTimeout,
      Duration bodyTimeout,
      Duration idleTimeout,
      long bodiesBytesMax,
      int connectionsMax) {

    private static final long BODIES_BYTES_MIN = 64L << 20;

    public static final RequestLimits DEFAULT =
        new RequestLimits(
            1 << 20,
            16 << 10,
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Math.max(BODIES_BYTES_MIN, Runtime.getRuntime().maxMemory() / 4),
            20_000);
  }
}
