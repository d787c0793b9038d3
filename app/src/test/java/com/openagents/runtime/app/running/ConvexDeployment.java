package com.openagents.runtime.app.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.http.token.TokenKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A deployment with the functions of `adapters-convex`, in a process of its own, that trusts an
/// issuer of tokens, and in which things go wrong by order.
public final class ConvexDeployment implements AutoCloseable {

  private static final Path PROGRAMS =
      Path.of("..", "adapters-convex", "src", "test", "node", "run");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI url;
  private final URI control;

  /// One that knows an issuer's keys without asking for them.
  public static ConvexDeployment believing(String issuer, TokenKeys keys) {
    Json.Obj published = Json.object().put("keys", Json.array(keys.published())).build();
    String encoded =
        Base64.getEncoder().encodeToString(CanonicalJson.write(published).getBytes(UTF_8));
    return new ConvexDeployment(
        issuer, URI.create("data:text/plain;charset=utf-8;base64," + encoded));
  }

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
      String line =
          process.inputReader(UTF_8).lines().filter(l -> l.startsWith("{")).findFirst().orElse("");
      Json.Obj ports = JsonReader.readObject(line, JsonLimits.REQUEST);
      url = at(ports, "port");
      control = at(ports, "control");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI at(Json.Obj ports, String name) {
    if (ports.get(name) instanceof Json.Num(double port)) {
      return URI.create("http://127.0.0.1:" + (int) port);
    }
    throw new IllegalStateException("the deployment did not start");
  }

  public URI url() {
    return url;
  }

  public HttpClient http() {
    return http;
  }

  /// Has something go wrong.
  public void order(String deed, Json.Builder what) {
    post(control.resolve("/" + deed), null, what.build());
  }

  /// How many calls wait because that was ordered.
  public int holding() {
    Json.Obj seen = post(control.resolve("/seen"), null, Json.Obj.EMPTY);
    return seen.get("holding") instanceof Json.Num(double calls) ? (int) calls : 0;
  }

  /// The codes with which a function refused calls, in their order.
  public List<String> refusals(String path) {
    return seen(path).stream()
        .map(call -> call.get("refused"))
        .filter(Json.Str.class::isInstance)
        .map(refused -> ((Json.Str) refused).value())
        .toList();
  }

  /// How often a function was called.
  public int calls(String path) {
    return seen(path).size();
  }

  private List<Json.Obj> seen(String path) {
    Json.Obj seen = post(control.resolve("/seen"), null, Json.Obj.EMPTY);
    List<Json> calls = seen.get("seen") instanceof Json.Arr(List<Json> all) ? all : List.<Json>of();
    return calls.stream()
        .map(Json.Obj.class::cast)
        .filter(call -> Json.of(path).equals(call.get("path")))
        .toList();
  }

  /// Changes what is there behind everybody's back; without fields the document goes.
  public void tamper(String table, String documentId, Json.@Nullable Builder fields) {
    order(
        "tamper",
        Json.object()
            .put("table", table)
            .put("documentId", documentId)
            .put("set", fields == null ? Json.NULL : fields.build()));
  }

  /// Puts a document there that is like another one and that nobody tells of.
  void copy(String table, String documentId, String as) {
    order("copy", Json.object().put("table", table).put("documentId", documentId).put("as", as));
  }

  /// What a query answers to a client that shows a token, as its whole body.
  public Json.Obj query(String path, Json.Builder args, String token) {
    return call("query", path, args, token);
  }

  /// What a mutation answers to a client that shows a token, as its whole body.
  Json.Obj mutation(String path, Json.Builder args, String token) {
    return call("mutation", path, args, token);
  }

  private Json.Obj call(String kind, String path, Json.Builder args, String token) {
    return post(
        url.resolve("/api/" + kind),
        token,
        Json.object().put("path", path).put("args", args.build()).put("format", "json").build());
  }

  private Json.Obj post(URI at, @Nullable String token, Json.Obj body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(CanonicalJson.write(body)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString(UTF_8));
      return JsonReader.read(response.body()) instanceof Json.Obj answer ? answer : Json.Obj.EMPTY;
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
