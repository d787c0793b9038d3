package com.openagents.runtime.app.gates;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Calls a Convex deployment as a client of a product does. Thread-safe.
final class ConvexClient implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final URI url;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  ConvexClient(URI url) {
    this.url = url;
  }

  /// What a deployment says of itself at a path, with its status.
  ///
  /// @throws IOException when it does not answer
  String open(String path) throws IOException {
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(url.resolve(path)).timeout(TIMEOUT).GET().build());
    return response.statusCode() + " " + response.body().strip();
  }

  /// Calls a function with a token.
  ///
  /// @param kind `query` or `mutation`
  /// @throws IOException when the deployment does not answer
  Json.Obj call(String kind, String function, Json.Obj args, String token) throws IOException {
    Json.Obj body =
        Json.object().put("path", function).put("format", "json").put("args", args).build();
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(url.resolve("/api/" + kind))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(CanonicalJson.write(body)))
                .build());
    try {
      return JsonReader.readObject(response.body(), JsonLimits.STORED);
    } catch (JsonRefused e) {
      return Json.object().put("status", "HTTP " + response.statusCode()).build();
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
