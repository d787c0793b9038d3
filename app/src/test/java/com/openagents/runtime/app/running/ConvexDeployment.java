package com.openagents.runtime.app.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;

/// A deployment with the functions of `adapters-convex`, in a process of its own, that trusts an
/// issuer of tokens.
final class ConvexDeployment implements AutoCloseable {

  private static final Path PROGRAMS =
      Path.of("..", "adapters-convex", "src", "test", "node", "run");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI url;

  /// @param issuer as tokens name it
  /// @param jwks where its keys are
  ConvexDeployment(String issuer, URI jwks) {
    ProcessBuilder builder =
        new ProcessBuilder("bash", PROGRAMS.toString(), "--program", "facade")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .putAll(
            Map.of(
                "OA_TOKEN_ISSUER",
                issuer,
                "OA_TOKEN_JWKS",
                jwks.toString(),
                "OA_CONVEX_AUDIENCE",
                "openagents-convex",
                "OA_CONVEX_WRITER_AUDIENCE",
                "openagents-convex-writer"));
    try {
      process = builder.start();
      String line = process.inputReader(UTF_8).readLine();
      Json.Obj ports = JsonReader.readObject(String.valueOf(line), JsonLimits.REQUEST);
      if (!(ports.get("port") instanceof Json.Num(double port))) {
        throw new IllegalStateException("the deployment did not start");
      }
      url = URI.create("http://127.0.0.1:" + (int) port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    return url;
  }

  HttpClient http() {
    return http;
  }

  /// What a query answers to a client that shows a token, as its whole body.
  Json.Obj query(String path, Json.Builder args, String token) {
    Json.Obj body =
        Json.object().put("path", path).put("args", args.build()).put("format", "json").build();
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/api/query"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(CanonicalJson.write(body)))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString(UTF_8));
      return JsonReader.readObject(response.body(), JsonLimits.STORED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
  }
}
