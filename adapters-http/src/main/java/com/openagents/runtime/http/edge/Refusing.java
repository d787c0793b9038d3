package com.openagents.runtime.http.edge;

import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.log.StoreUnavailable;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever went wrong into an answer that tells the caller what to do, and nothing about the
/// inside.
final class Refusing {

  private static final Logger LOG = LoggerFactory.getLogger(Refusing.class);
  private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

  private final AtomicLong storeTold = new AtomicLong(System.nanoTime() - STORE_PAUSE.toNanos());
  private final Traces traces;
  private final Timing timing;
  private final Unread unread;

  Refusing(Traces traces, Timing timing, Unread unread) {
    this.traces = traces;
    this.timing = timing;
    this.unread = unread;
  }

  void refuse(Exception thrown, Context context) {
    HttpServletResponse response = context.res();
    if (response.isCommitted()) {
      LOG.debug("an answer broke off", thrown);
      throw new IllegalStateException("the answer has begun", thrown);
    }
    Problem problem = problem(thrown, context);
    if (problem.limit() != null) {
      timing.refused(context, problem.limit());
    }
    timing.answered(context, problem.code().status());
    try {
      if (!problem.code().keepsConnection()) {
        response.setHeader("Connection", "close");
      }
      Deliveries.refuse(problem, traces.of(context).requestId(), Wire.of(context.req()), response);
      if (problem.code() != ProblemCode.REQUEST_TIMEOUT) {
        unread.discard(context.req());
      }
    } catch (IOException e) {
      LOG.debug("a refusal did not reach its caller", e);
    }
  }

  private Problem problem(Exception thrown, Context context) {
    return switch (thrown) {
      case Problem problem -> problem;
      case MethodNotAllowedResponse refused -> {
        context.res().setHeader("Allow", String.join(", ", refused.getDetails().values()));
        yield problem(405);
      }
      case HttpResponseException refused -> problem(refused.getStatus());
      case HttpException refused -> problem(refused.getCode());
      case StoreUnavailable unavailable -> {
        tell(unavailable);
        yield new Problem(
                ProblemCode.OVERLOADED, "The store does not answer: try the same again soon.")
            .retryAfter(STORE_PAUSE);
      }
      default -> {
        LOG.error("a call failed", thrown);
        yield problem(500);
      }
    };
  }

  /// Says in one line, and not for every call, that the store is away.
  private void tell(StoreUnavailable unavailable) {
    LOG.debug("the store did not answer", unavailable);
    long last = storeTold.get();
    long now = System.nanoTime();
    if (now - last >= STORE_PAUSE.toNanos() && storeTold.compareAndSet(last, now)) {
      LOG.warn("the store did not answer: {}", unavailable.getMessage());
    }
  }

  /// The problem that a server's own status stands for.
  static Problem problem(int status) {
    ProblemCode code = ProblemCode.ofStatus(status);
    return new Problem(
        code,
        switch (code) {
          case NOT_FOUND -> "There is no such call: see /docs.";
          case METHOD_NOT_ALLOWED -> "The call has another method: see Allow.";
          case HEADERS_TOO_LARGE -> "The headers are too large: send fewer or shorter ones.";
          case URI_TOO_LONG -> "The path and query are too long.";
          case REQUEST_TIMEOUT -> "The request took too long.";
          case INTERNAL_ERROR ->
              "Something went wrong inside: quote the requestId when you report it.";
          default -> "The request is not well formed.";
        });
  }
}
