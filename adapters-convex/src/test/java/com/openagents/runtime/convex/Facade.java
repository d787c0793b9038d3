package com.openagents.runtime.convex;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/// A deployment with the real functions: the process of `src/test/node/facade.ts`, one for all
/// tests of this JVM. It ends with it.
final class Facade {

  static final String ADMIN_KEY = "facade|0123456789abcdef";
  static final TestIssuer ISSUER = new TestIssuer();
  static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private static final Facade RUNNING = start();

  private final int port;
  private final int control;

  private Facade(int port, int control) {
    this.port = port;
    this.control = control;
  }

  /// The façade as it begins: empty, with nothing ordered.
  static Facade fresh() {
    RUNNING.order("up", Json.object());
    RUNNING.order("reset", Json.object());
    return RUNNING;
  }

  private static Facade start() {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "src/test/node/run", "--program", "facade")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("OA_TOKEN_ISSUER", TestIssuer.URL);
    builder.environment().put("OA_TOKEN_JWKS", ISSUER.jwks());
    builder.environment().put("OA_CONVEX_AUDIENCE", "openagents-convex");
    builder.environment().put("OA_CONVEX_WRITER_AUDIENCE", "openagents-convex-writer");
    builder.environment().put("OA_FACADE_ADMIN_KEY", ADMIN_KEY);
    try {
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      String line =
          lines
              .lines()
              .filter(said -> said.startsWith("{"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("the façade did not start"));
      Json.Obj ports = JsonReader.readObject(line, JsonLimits.REQUEST);
      return new Facade(number(ports, "port"), number(ports, "control"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int number(Json.Obj in, String name) {
    return in.get(name) instanceof Json.Num(double n) ? (int) n : -1;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  ConvexSettings settings() {
    return ConvexSettings.at(url(), "0.1.0-TEST");
  }

  ConvexSink sink() {
    return sink(settings());
  }

  ConvexSink sink(ConvexSettings settings) {
    return new ConvexSink(HTTP, settings, new ConvexCredential.ServiceToken(ISSUER::serviceToken));
  }

  ConvexSink sink(WriteRate rate) {
    return new ConvexSink(
        HTTP, settings(), new ConvexCredential.ServiceToken(ISSUER::serviceToken), rate, _ -> {});
  }

  /// Has something go wrong, or asks what came.
  Json.Obj order(String deed, Json.Builder what) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/%s".formatted(control, deed)))
            .POST(BodyPublishers.ofString(CanonicalJson.write(what.build())))
            .build();
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(response.body());
      }
      return JsonReader.read(response.body()) instanceof Json.Obj answer ? answer : Json.Obj.EMPTY;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void fault(Json.Builder fault) {
    order("fault", fault);
  }

  /// Calls of a function that came, oldest first.
  List<Json.Obj> seen(String path) {
    if (!(order("seen", Json.object()).get("seen") instanceof Json.Arr(List<Json> seen))) {
      throw new IllegalStateException("nothing was seen");
    }
    return seen.stream()
        .map(Json.Obj.class::cast)
        .filter(call -> Json.of(path).equals(call.get("path")))
        .toList();
  }
}
