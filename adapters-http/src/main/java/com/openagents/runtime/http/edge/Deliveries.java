package com.openagents.runtime.http.edge;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Answer;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Writes answers.
final class Deliveries {

  private static final String JSON = "application/json";

  private Deliveries() {}

  /// @param room for an answer that is made as a whole and not small
  /// @param form writes JSON as the caller takes it
  static void deliver(Answer answer, Context context, BodyBudget.Room room, Form form)
      throws IOException {
    HttpServletResponse response = context.res();
    switch (answer) {
      case Answer.JsonAnswer(int status, Json body) -> {
        byte[] text = form.bytes(status, body);
        if (text.length > BodyBudget.SMALL) {
          room.grow(text.length);
        }
        bytes(response, status, Wire.of(context.req()).type(), text);
      }
      case Answer.Published(Json body, Duration maxAge) ->
          bytes(response, 200, JSON, "public, max-age=" + maxAge.toSeconds(), text(body));
      case Answer.Empty(int status) -> {
        response.setStatus(status);
        response.setContentType(null);
      }
      case Answer.Text(int status, String contentType, String text) -> {
        if (contentType.startsWith("text/html")) {
          response.setHeader(
              "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        }
        bytes(response, status, contentType, text.getBytes(StandardCharsets.UTF_8));
      }
      case Answer.Written(String contentType, Answer.Writer writer) -> {
        response.setContentType(contentType);
        writer.write(response.getOutputStream());
      }
      case Answer.Ongoing(Answer.Begin begin) -> {
        context.req().startAsync().setTimeout(0);
        var ended = begin.begin(context.req(), response);
        context.future(() -> ended);
      }
    }
  }

  /// How the JSON of a success is written.
  @FunctionalInterface
  interface Form {
    byte[] bytes(int status, Json body);
  }

  static void refuse(Problem problem, String requestId, Wire wire, HttpServletResponse response)
      throws IOException {
    if (problem.retryAfter() != null) {
      response.setHeader("Retry-After", Long.toString(problem.retryAfter().toSeconds()));
    }
    if (problem.code() == ProblemCode.UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", problem.challenge());
    }
    bytes(response, problem.code().status(), wire.type(), wire.refusal(problem.json(requestId)));
  }

  private static byte[] text(Json body) {
    return CanonicalJson.write(body).getBytes(StandardCharsets.UTF_8);
  }

  private static void bytes(
      HttpServletResponse response, int status, String contentType, byte[] content)
      throws IOException {
    bytes(response, status, contentType, "no-store", content);
  }

  private static void bytes(
      HttpServletResponse response,
      int status,
      String contentType,
      String cacheControl,
      byte[] content)
      throws IOException {
    response.setStatus(status);
    response.setContentType(contentType);
    response.setHeader("Cache-Control", cacheControl);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(content.length);
    response.getOutputStream().write(content);
  }
}
