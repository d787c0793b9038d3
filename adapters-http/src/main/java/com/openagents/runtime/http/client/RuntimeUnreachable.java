package com.openagents.runtime.http.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The runtime did not answer; whether a write happened is not known, and repeating it is safe.
public final class RuntimeUnreachable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RuntimeUnreachable(URI base, Throwable cause) {
    super("no runtime answers at " + base + detail(cause.getMessage()), cause);
  }

  private static String detail(@Nullable String message) {
    return message == null ? "" : ": " + message;
  }
}
