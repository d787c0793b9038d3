package com.openagents.runtime.http.oidc;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads the documents of an issuer: the one that says where its keys are, and the keys. Nothing is
/// followed but the address of the keys, and nobody but the issuer can name one. Thread-safe.
public final class IssuerDocuments implements KeySource, AutoCloseable {

  private static final int BYTES_MAX = 256 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final IssuerAddress issuer;
  private final Duration patience;
  private final HttpClient http;

  public IssuerDocuments(IssuerAddress issuer) {
    this(issuer, PATIENCE);
  }

  /// @param patience for each of the two documents
  IssuerDocuments(IssuerAddress issuer, Duration patience) {
    this.issuer = issuer;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  @Override
  public PublishedKeys read() throws IssuerUnreadable {
    Json.Obj discovery = document(issuer.discovery());
    if (!Json.of(issuer.text()).equals(discovery.get("issuer"))) {
      throw new IssuerUnreadable(issuer.discovery() + " is the document of another issuer");
    }
    URI address = keyAddress(discovery);
    PublishedKeys keys =
        document(address).get("keys") instanceof Json.Arr(var items)
            ? PublishedKeys.of(items)
            : PublishedKeys.of(List.of());
    if (keys.verifiers().isEmpty()) {
      throw new IssuerUnreadable(address + " has no key for RS256 or ES256");
    }
    return keys;
  }

  /// How many keys tokens may be signed with now.
  ///
  /// @throws IssuerUnreadable when there is none to be had
  public int count() throws IssuerUnreadable {
    return read().verifiers().size();
  }

  private URI keyAddress(Json.Obj discovery) throws IssuerUnreadable {
    if (!(discovery.get("jwks_uri") instanceof Json.Str(String text))) {
      throw new IssuerUnreadable(issuer.discovery() + " names no jwks_uri");
    }
    try {
      return issuer.keysAt(text).uri();
    } catch (IllegalArgumentException _) {
      throw new IssuerUnreadable(issuer.discovery() + " names a jwks_uri that is not over https");
    }
  }

  private Json.Obj document(URI address) throws IssuerUnreadable {
    HttpResponse<byte[]> response = get(address);
    if (response.statusCode() != 200) {
      throw new IssuerUnreadable(address + " answers with " + response.statusCode());
    }
    try {
      if (JsonReader.read(response.body()) instanceof Json.Obj object) {
        return object;
      }
    } catch (JsonRefused _) {
      // Said below, as of any other document that is no object.
    }
    throw new IssuerUnreadable(address + " is no JSON object");
  }

  private HttpResponse<byte[]> get(URI address) throws IssuerUnreadable {
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Accept", "application/json").build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BYTES_MAX));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IssuerUnreadable(address + " cannot be read: " + reason(e));
    } catch (TimeoutException _) {
      throw new IssuerUnreadable(
          address + " does not answer within " + patience.toMillis() + " ms");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IssuerUnreadable("the reading was interrupted");
    } finally {
      answer.cancel(true);
    }
  }

  private static String reason(ExecutionException failed) {
    return failed.getCause() instanceof IOException refused
        ? refused.toString()
        : "of a mistake in the client";
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
