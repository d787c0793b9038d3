package com.openagents.runtime.http.edge;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lets nobody pass before the first request has come as far as our own handlers. Javalin's servlet
/// sets itself up on that way, and a request beside it would find it half made.
///
/// The first request waits for nobody, and nobody waits for what it does then. Thread-safe.
final class FirstRequest implements Filter {

  private static final long WAIT_SECONDS_MAX = 10;

  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch setUp = new CountDownLatch(1);

  /// Tells that a request has come to our handlers.
  void arrived() {
    setUp.countDown();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (begun.compareAndSet(false, true)) {
      try {
        chain.doFilter(request, response);
      } finally {
        arrived();
      }
    } else {
      awaitSetUp();
      chain.doFilter(request, response);
    }
  }

  private void awaitSetUp() throws ServletException {
    try {
      if (!setUp.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new ServletException("the server does not come up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServletException("the server goes down", e);
    }
  }
}
