package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Claims.Binding;
import com.openagents.runtime.access.Signer;
import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.http.Documented.Given;
import com.openagents.runtime.identity.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A caller of the service. Every answer that it gets is held against the OpenAPI document.
public final class Client {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Service service;
  private final Optional<SigningKeys> keys;
  private final @Nullable Principal principal;
  private final Set<String> roles;
  private final Map<String, List<String>> headers;

  Client(Service service, Optional<SigningKeys> keys) {
    this(service, keys, new Principal.User(1), Set.of(), Map.of());
  }

  private Client(
      Service service,
      Optional<SigningKeys> keys,
      @Nullable Principal principal,
      Set<String> roles,
      Map<String, List<String>> headers) {
    this.service = service;
    this.keys = keys;
    this.principal = principal;
    this.roles = roles;
    this.headers = headers;
  }

  public Client as(@Nullable Principal other) {
    return new Client(service, keys, other, roles, headers);
  }

  public Client operator() {
    return new Client(service, keys, principal, Set.of("operator"), headers);
  }

  /// Without a role.
  public Client user() {
    return new Client(service, keys, principal, Set.of(), headers);
  }

  /// Sends a further header.
  public Client with(String name, String value) {
    return with(name, List.of(value));
  }

  /// Sends a further header in a line for each value.
  Client with(String name, List<String> values) {
    Map<String, List<String>> more = new LinkedHashMap<>(headers);
    more.put(name, values);
    return new Client(service, keys, principal, roles, more);
  }

  public Reply get(String target) {
    return send("GET", target, null);
  }

  /// Asks again and again until the answer has a text in it.
  Reply until(String target, String expected) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Reply reply = get(target);
      if (reply.text().contains(expected)) {
        return reply;
      }
      assertThat(System.nanoTime()).as("%s in %s", expected, reply.text()).isLessThan(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }

  public Reply post(String target, String body) {
    return send("POST", target, body.getBytes(StandardCharsets.UTF_8));
  }

  public Reply send(String method, String target, byte @Nullable [] body) {
    try {
      HttpResponse<byte[]> response =
          HTTP.send(request(method, target, body), BodyHandlers.ofByteArray());
      Reply reply = new Reply(response);
      Documented.of(service).check(given(method, target, response), reply.text());
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + target, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Opens a stream and leaves it open.
  public HttpResponse<InputStream> open(String target) {
    return open("GET", target, null);
  }

  /// Makes a call that is answered with a stream, and leaves that open.
  HttpResponse<InputStream> open(String method, String target, byte @Nullable [] body) {
    try {
      HttpResponse<InputStream> response =
          HTTP.send(request(method, target, body), BodyHandlers.ofInputStream());
      Documented.of(service).head(given(method, target, response));
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + target, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Holds what an opened stream gave until its end against the document.
  void check(String target, HttpResponse<?> response, String stream) {
    Documented.of(service).check(given("GET", target, response), stream);
  }

  private static Given given(String method, String target, HttpResponse<?> response) {
    return new Given(
        method,
        target,
        response.statusCode(),
        name -> response.headers().firstValue(name).orElse(""));
  }

  private HttpRequest request(String method, String target, byte @Nullable [] body) {
    byte[] bytes = body == null ? new byte[0] : body;
    Map<String, List<String>> all = new LinkedHashMap<>();
    if (body != null) {
      all.put("Content-Type", List.of("application/json"));
    }
    switch (principal) {
      case null -> {}
      case Principal.User(long id) -> all.put("X-OA-USER-ID", List.of(Long.toString(id)));
      case Principal.Guest(String scope) -> all.put("X-OA-GUEST-SCOPE", List.of(scope));
    }
    keys.ifPresent(
        signing -> all.put(Signer.HEADER, List.of(sign(signing, method, target, bytes))));
    all.putAll(headers);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + target));
    all.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    return request
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes))
        .build();
  }

  private String sign(SigningKeys signing, String method, String target, byte[] body) {
    Binding binding = new Binding(method, target, Digest.of(body), null, null, principal);
    return new Signer(signing, service.clock(), service.ids()).sign(binding, roles);
  }
}
