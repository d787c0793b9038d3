package com.openagents.runtime.http.client;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Calls a runtime. Every write carries its own idempotency key, so a call that found no answer may
/// be repeated as it is. Thread-safe.
public final class RuntimeClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// Three heartbeats of a runtime, and some time for their way.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(50);

  private static final String RUNS = "/internal/v1/runs";

  private final URI base;
  private final Credentials credentials;
  private final HttpClient http;
  private final Duration timeout;
  private final Duration silenceMax;

  /// @param base scheme, host and port, such as `http://127.0.0.1:4000`
  public RuntimeClient(URI base, Credentials credentials) {
    this(
        base,
        credentials,
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build());
  }

  /// @param http of the caller, who also closes it
  public RuntimeClient(URI base, Credentials credentials, HttpClient http) {
    this(base, credentials, http, TIMEOUT, SILENCE_MAX);
  }

  /// @param timeout how long an answer may take, or a stream to begin
  /// @param silenceMax how long a stream may bring nothing, not even a heartbeat
  RuntimeClient(
      URI base, Credentials credentials, HttpClient http, Duration timeout, Duration silenceMax) {
    this.base = base;
    this.credentials = credentials;
    this.http = http;
    this.timeout = timeout;
    this.silenceMax = silenceMax;
  }

  /// The same with another patience, for calls that have much to do.
  ///
  /// @param timeout how long an answer may take; 30 seconds otherwise
  public RuntimeClient waiting(Duration timeout) {
    return new RuntimeClient(base, credentials, http, timeout, silenceMax);
  }

  /// @param request the body of `POST /internal/v1/runs`
  /// @throws RuntimeUnreachable when there was no answer
  public Reply start(Json.Obj request) {
    return post(RUNS, request);
  }

  /// @param frame the body of `POST /internal/v1/runs/{runId}/frames`
  /// @throws RuntimeUnreachable when there was no answer
  public Reply send(RunId runId, Json.Obj frame) {
    return post(RUNS + "/" + runId + "/frames", frame);
  }

  /// @param frames bodies of [#send], 1 to 100, in their order
  /// @throws RuntimeUnreachable when there was no answer
  public Reply sendAll(RunId runId, List<Json> frames) {
    return post(
        RUNS + "/" + runId + "/frames/batch",
        Json.object().put("frames", Json.array(frames)).build());
  }

  /// Asks a run to stop.
  ///
  /// @throws RuntimeUnreachable when there was no answer
  public Reply cancel(RunId runId, @Nullable String reason) {
    return post(RUNS + "/" + runId + "/cancel", Json.object().put("reason", reason).build());
  }

  /// Begins a run with a copy of the beginning of another.
  ///
  /// @param atSeq the last sequence to copy
  /// @param runId of the new run
  /// @throws RuntimeUnreachable when there was no answer
  public Reply fork(RunId from, long atSeq, RunId runId) {
    return post(
        RUNS + "/" + from + "/fork",
        Json.object().put("atSeq", atSeq).put("runId", runId.toString()).build());
  }

  public Reply run(RunId runId) {
    return get(RUNS + "/" + runId);
  }

  /// @throws RuntimeUnreachable when there was no answer
  public Reply get(String target) {
    return reply(target, "GET", null);
  }

  /// @throws RuntimeUnreachable when there was no answer
  public Reply post(String target, Json.Obj body) {
    return reply(target, "POST", CanonicalJson.write(body));
  }

  /// Makes a call that takes no body.
  ///
  /// @throws RuntimeUnreachable when there was no answer
  public Reply post(String target) {
    return reply(target, "POST", null);
  }

  /// Reads an answer that is a text and not JSON, such as an export.
  ///
  /// @throws RuntimeUnreachable when there was no answer
  public HttpResponse<InputStream> download(String target) {
    return send(request(target, "GET", null).build(), BodyHandlers.ofInputStream());
  }

  /// Opens a run's stream behind the given sequence. Its body fails when it is silent for longer
  /// than a runtime ever is.
  ///
  /// @param target the stream's path and query
  /// @param lastEventId the last id seen, or null to read from the start
  /// @throws RuntimeUnreachable when there was no answer
  HttpResponse<InputStream> open(String target, @Nullable String lastEventId) {
    HttpRequest.Builder request =
        request(target, "GET", null).header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return opened(request.build());
  }

  /// Waits by itself, for a timeout of the request may count what is read of the body as well.
  private HttpResponse<InputStream> opened(HttpRequest request) {
    CompletableFuture<HttpResponse<InputStream>> opening =
        http.sendAsync(
            request,
            _ ->
                BodySubscribers.mapping(
                    BodySubscribers.ofInputStream(), in -> WatchedBody.over(in, silenceMax)));
    try {
      return opening.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new RuntimeUnreachable(base, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      var _ = opening.cancel(true);
      throw new RuntimeUnreachable(base, new IOException("no answer within " + timeout, e));
    } catch (InterruptedException e) {
      var _ = opening.cancel(true);
      Thread.currentThread().interrupt();
      throw new RuntimeUnreachable(base, e);
    }
  }

  /// Says that what was being read broke off.
  RuntimeUnreachable lost(IOException cause) {
    return new RuntimeUnreachable(base, cause);
  }

  private Reply reply(String target, String method, @Nullable String body) {
    HttpRequest request = request(target, method, body).timeout(timeout).build();
    HttpResponse<String> response = send(request, BodyHandlers.ofString());
    return new Reply(response.statusCode(), object(response.body()));
  }

  private static Json.Obj object(String body) {
    try {
      return body.isEmpty() ? Json.Obj.EMPTY : JsonReader.readObject(body, JsonLimits.STORED);
    } catch (JsonRefused e) {
      return Json.Obj.EMPTY;
    }
  }

  private HttpRequest.Builder request(String target, String method, @Nullable String body) {
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(target));
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .method(method, BodyPublishers.ofByteArray(bytes))
          .header("Content-Type", "application/json");
    }
    Principal principal = credentials.principal();
    switch (principal) {
      case null -> {}
      case Principal.User(long id) -> request.header("X-OA-USER-ID", Long.toString(id));
      case Principal.Guest(String scope) -> request.header("X-OA-GUEST-SCOPE", scope);
    }
    Signer signer = credentials.signer();
    if (signer != null) {
      Binding binding = new Binding(method, target, Digest.of(bytes), null, null, principal);
      request.header(Signer.HEADER, signer.sign(binding, credentials.roles()));
    }
    TokenFile identity = credentials.identity();
    if (identity != null) {
      request.header("Authorization", "Bearer " + identity.read());
    }
    return request;
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new RuntimeUnreachable(base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RuntimeUnreachable(base, e);
    }
  }
}
