package com.openagents.runtime.http.edge;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/// Lets the first request pass alone. Javalin's servlet sets itself up at the first request, and a
/// second one beside it would find it half made. Thread-safe.
final class FirstRequest implements Filter {

  private final ReentrantLock first = new ReentrantLock();
  private volatile boolean passed;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!passed) {
      first.lock();
      try {
        if (!passed) {
          chain.doFilter(request, response);
          return;
        }
      } finally {
        passed = true;
        first.unlock();
      }
    }
    chain.doFilter(request, response);
  }
}
