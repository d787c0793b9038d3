package com.openagents.runtime.http.model;

import com.openagents.runtime.model.ModelStream.Failed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// What went wrong with one attempt.
///
/// @param retryAfter how long the provider asks to be left alone, or null
record Trouble(Failed failed, @Nullable Duration retryAfter) {

  static Trouble malformed(String provider, String what) {
    return new Trouble(new Failed("malformed", provider + " " + what, true), null);
  }

  static Trouble timeout(String provider, String what) {
    return new Trouble(new Failed("timeout", provider + " " + what, true), null);
  }

  static Trouble cutOff(String provider) {
    return unavailable(provider, "broke the answer off");
  }

  static Trouble unavailable(String provider, String what) {
    return new Trouble(new Failed("unavailable", provider + " " + what, true), null);
  }

  static Trouble ofException(String provider, Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return switch (cause) {
      case HttpConnectTimeoutException _ -> timeout(provider, "did not accept the connection");
      case ConnectException _ -> unavailable(provider, "cannot be connected to");
      case IOException _ -> cutOff(provider);
      default -> unavailable(provider, "could not be asked");
    };
  }

  /// @param status of the response, or the number that a provider puts into an error in mid-stream
  static Trouble ofStatus(
      ChatEndpoint endpoint, int status, ProviderError error, @Nullable Duration retryAfter) {
    String message = error.describe(endpoint, status);
    if (error.isOutOfQuota()) {
      return new Trouble(new Failed("refused", message, false), null);
    }
    return switch (status) {
      case 429 -> new Trouble(new Failed("rate_limited", message, true), retryAfter);
      case 408, 504 -> new Trouble(new Failed("timeout", message, true), retryAfter);
      case 409, 425 -> new Trouble(new Failed("unavailable", message, true), retryAfter);
      default ->
          status >= 500
              ? new Trouble(new Failed("unavailable", message, true), retryAfter)
              : new Trouble(new Failed("refused", message, false), null);
    };
  }
}
