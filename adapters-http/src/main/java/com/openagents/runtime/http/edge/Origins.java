package com.openagents.runtime.http.edge;

import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which web pages may call: those of the configured origins, and where callers are trusted without
/// proof, no others (RFC 6454, Fetch).
final class Origins {

  private static final String METHODS = "GET, POST";
  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, Last-Event-ID, X-OA-RUNTIME-SIGNATURE, X-OA-USER-ID,"
          + " X-OA-GUEST-SCOPE, X-Request-Id, traceparent, tracestate";
  private static final String RESPONSE_HEADERS =
      "X-Request-Id, traceparent, tracestate, Retry-After, x-vercel-ai-ui-message-stream,"
          + " Content-Location, X-OA-IDEMPOTENT-REPLAY, WWW-Authenticate";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> allowed;
  private final boolean trusting;

  /// @param trusting whether callers are believed without proof, so that a page in a browser on
  ///   this machine could act as anybody
  Origins(Set<String> allowed, boolean trusting) {
    this.allowed = allowed;
    this.trusting = trusting;
  }

  /// Marks the response, and answers a preflight.
  ///
  /// @return whether the request is answered
  /// @throws Problem when the page may not call
  boolean answered(Context context) {
    String origin = context.header("Origin");
    if (trusting) {
      believable(context.header("Host"), origin);
    }
    HttpServletResponse response = context.res();
    if (allowed.isEmpty()) {
      return false;
    }
    response.addHeader("Vary", "Origin");
    if (origin == null || !allowed.contains(origin)) {
      return false;
    }
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Expose-Headers", RESPONSE_HEADERS);
    if (!context.req().getMethod().equals("OPTIONS")) {
      return false;
    }
    response.setHeader("Access-Control-Allow-Methods", METHODS);
    response.setHeader("Access-Control-Allow-Headers", REQUEST_HEADERS);
    response.setHeader("Access-Control-Max-Age", "600");
    return true;
  }

  /// A name that was rebound to this machine, or a page of elsewhere, is not believed.
  private void believable(@Nullable String host, @Nullable String origin) {
    if (host == null || !LOOPBACK.contains(name(host))) {
      throw new Problem(
          ProblemCode.FORBIDDEN, "In development mode the service is called by a loopback name.");
    }
    if (origin != null && !allowed.contains(origin) && !origin.equals("http://" + host)) {
      throw new Problem(
          ProblemCode.FORBIDDEN, "Pages of this origin may not call: see the setting for CORS.");
    }
  }

  private static String name(String host) {
    int port = host.endsWith("]") ? -1 : host.lastIndexOf(':');
    return (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
  }
}
