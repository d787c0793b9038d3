package com.openagents.runtime.http.edge;

import com.openagents.runtime.http.edge.EdgeSettings.RequestLimits;
import com.openagents.runtime.http.exchange.Contract;
import com.openagents.runtime.http.exchange.Contract.JsonBody;
import com.openagents.runtime.http.exchange.Contract.RawBody;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The bytes that the bodies of all requests may hold in memory together. A body counts with the
/// length that it announces, or the largest that its call takes, from before it is read, which is
/// behind the first look at its signature, until its call is over. Thread-safe.
final class BodyBudget {

  private static final Duration BACK_SOON = Duration.ofSeconds(1);

  private final RequestLimits limits;
  private final AtomicLong left;

  BodyBudget(RequestLimits limits) {
    this.limits = limits;
    this.left = new AtomicLong(limits.bodiesBytesMax());
  }

  /// Takes room for the body of a request.
  ///
  /// @return gives the room back
  /// @throws Problem when there is none
  Room take(HttpServletRequest request, Contract.@Nullable Body body) {
    int bytesMax =
        switch (body) {
          case null -> 0;
          case JsonBody _ -> limits.bodyBytesMax();
          case RawBody(_, int max) -> max;
        };
    long bytes = expected(request, bytesMax);
    take(bytes);
    return () -> left.addAndGet(bytes);
  }

  /// Room for one body, until its call is over.
  interface Room extends AutoCloseable {
    @Override
    void close();
  }

  private static long expected(HttpServletRequest request, int bytesMax) {
    long announced = request.getContentLengthLong();
    if (announced >= 0) {
      return Math.min(announced, bytesMax);
    }
    return request.getHeader("Transfer-Encoding") == null ? 0 : bytesMax;
  }

  private void take(long bytes) {
    if (bytes > 0 && left.addAndGet(-bytes) < 0) {
      left.addAndGet(bytes);
      throw new Problem(
              ProblemCode.OVERLOADED, "The node holds as many bodies as it can: try again soon.")
          .because("bodies_bytes")
          .retryAfter(BACK_SOON);
    }
  }
}
