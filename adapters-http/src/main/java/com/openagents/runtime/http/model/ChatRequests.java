package com.openagents.runtime.http.model;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelRequest.Turn;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/// Writes the requests of the chat completions API.
final class ChatRequests {

  private ChatRequests() {}

  static HttpRequest of(ChatEndpoint endpoint, ModelRequest request) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(endpoint.completions())
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .header("User-Agent", "openagents-runtime")
            .POST(BodyPublishers.ofString(body(endpoint.model(), request)));
    if (request.callId().matches("[!-~]{1,255}")) {
      http.header("Idempotency-Key", request.callId());
    }
    if (endpoint.apiKey() != null) {
      http.header("Authorization", "Bearer " + endpoint.apiKey());
    }
    if (request.traceId() != null) {
      http.header("traceparent", traceparent(request.traceId()));
    }
    return http.build();
  }

  private static String body(String model, ModelRequest request) {
    Json.Obj body =
        Json.object()
            .put("model", model)
            .put(
                "messages",
                Json.array(request.turns().stream().map(ChatRequests::message).toList()))
            .put("stream", true)
            .put("stream_options", Json.object().put("include_usage", true).build())
            .build();
    return CanonicalJson.write(body);
  }

  private static Json.Obj message(Turn turn) {
    return Json.object()
        .put("role", turn.role().name().toLowerCase(Locale.ROOT))
        .put("content", turn.text())
        .build();
  }

  /// A new span of the trace, in the form of W3C Trace Context.
  private static String traceparent(TraceId trace) {
    long span = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    return "00-%s-%016x-01".formatted(trace.value(), span);
  }
}
