package com.openagents.runtime.http.edge;

import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Trace;
import com.openagents.runtime.http.exchange.Trace.Made;
import com.openagents.runtime.identity.Ids;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.MDC;

/// Gives every request its trace, tells the caller of it, and puts it beside every line that is
/// logged meanwhile.
final class Traces {

  private static final String ATTRIBUTE = Trace.class.getName();
  private static final HexFormat DIGITS = HexFormat.of();

  private final Ids ids;

  Traces(Ids ids) {
    this.ids = ids;
  }

  /// The trace of a request, made when it is first asked for.
  Trace of(Context context) {
    HttpServletRequest request = context.req();
    if (request.getAttribute(ATTRIBUTE) instanceof Trace known) {
      return known;
    }
    Trace trace =
        Trace.of(
            request.getHeader(Parameter.TRACE_PARENT.name()),
            request.getHeader(Parameter.TRACE_STATE.name()),
            request.getHeader(Parameter.REQUEST_ID.name()),
            new Made(hex(2), hex(1), ids.next().toString()));
    request.setAttribute(ATTRIBUTE, trace);
    echo(trace, context.res());
    MDC.put("traceId", trace.traceId().value());
    MDC.put("requestId", trace.requestId());
    return trace;
  }

  private static void echo(Trace trace, HttpServletResponse response) {
    response.setHeader(Parameter.REQUEST_ID.name(), trace.requestId());
    response.setHeader(Parameter.TRACE_PARENT.name(), trace.traceparent());
    if (trace.tracestate() != null) {
      response.setHeader(Parameter.TRACE_STATE.name(), trace.tracestate());
    }
  }

  static void forget() {
    MDC.remove("traceId");
    MDC.remove("requestId");
  }

  private static String hex(int longs) {
    StringBuilder hex = new StringBuilder(16 * longs);
    for (int i = 0; i < longs; i++) {
      hex.append(DIGITS.toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)));
    }
    return hex.toString();
  }
}
