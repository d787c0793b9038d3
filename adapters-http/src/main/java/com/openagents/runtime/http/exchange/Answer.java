package com.openagents.runtime.http.exchange;

import com.openagents.runtime.canon.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// How a call is answered.
public sealed interface Answer {

  record JsonAnswer(int status, Json body) implements Answer {}

  /// What everybody may keep for a while.
  ///
  /// @param maxAge how long
  record Published(Json body, Duration maxAge) implements Answer {}

  record Empty(int status) implements Answer {}

  /// @param contentType with its charset
  record Text(int status, String contentType, String text) implements Answer {}

  /// Content that is written piece by piece. A failure breaks the connection.
  record Written(String contentType, Writer writer) implements Answer {}

  /// An answer that goes on after the call has returned, without a thread of its own.
  record Ongoing(Begin begin) implements Answer {}

  static Answer ok(Json body) {
    return new JsonAnswer(200, body);
  }

  @FunctionalInterface
  interface Writer {
    void write(OutputStream out) throws IOException;
  }

  @FunctionalInterface
  interface Begin {
    /// Takes the response over; it is asynchronous already.
    ///
    /// @return completed when the response has come to its end
    CompletableFuture<?> begin(HttpServletRequest request, HttpServletResponse response)
        throws IOException;
  }
}
