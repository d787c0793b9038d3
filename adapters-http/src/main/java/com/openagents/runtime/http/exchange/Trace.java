package com.openagents.runtime.http.exchange;

import com.openagents.runtime.identity.TraceId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What ties a call to those before and after it: the request's id, and the trace that it is part
/// of (W3C Trace Context).
///
/// Taken from the caller where it is well formed, made anew where it is not, so that nothing odd
/// reaches a log.
///
/// @param traceparent with a span of this call
/// @param tracestate what others put on the trace, passed on as it is, or null
public record Trace(
    TraceId traceId, String traceparent, @Nullable String tracestate, String requestId) {

  private static final Pattern PARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?");
  private static final Pattern STATE = Pattern.compile("[ -~]{1,512}");
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");
  private static final String NO_TRACE = "0".repeat(32);

  /// @param made used in the place of what the caller did not give
  public static Trace of(
      @Nullable String traceparent,
      @Nullable String tracestate,
      @Nullable String requestId,
      Made made) {
    Matcher parent = PARENT.matcher(traceparent == null ? "" : traceparent);
    boolean given = parent.matches() && !NO_TRACE.equals(parent.group(1));
    String trace = given ? parent.group(1) : made.traceId();
    String flags = given ? parent.group(2) : "01";
    return new Trace(
        new TraceId(trace),
        "00-" + trace + "-" + made.spanId() + "-" + flags,
        given && tracestate != null && STATE.matcher(tracestate).matches() ? tracestate : null,
        requestId != null && REQUEST_ID.matcher(requestId).matches()
            ? requestId
            : made.requestId());
  }

  /// Fresh ids.
  ///
  /// @param traceId 32 hex digits, not all zero
  /// @param spanId 16 hex digits, not all zero
  public record Made(String traceId, String spanId, String requestId) {}
}
