package com.openagents.runtime.http.model;

import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.Models;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.util.concurrent.Executors;

/// A language model behind an OpenAI-compatible endpoint, asked with streaming.
///
/// Redirects are not followed: the key belongs to the configured host alone. Thread-safe.
public final class OpenAiModels implements Models, AutoCloseable {

  private final ChatEndpoint endpoint;
  private final HttpClient client;

  public OpenAiModels(ChatEndpoint endpoint) {
    this.endpoint = endpoint;
    boolean plain = "http".equalsIgnoreCase(endpoint.baseUrl().getScheme());
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(endpoint.patience().connect())
            .followRedirects(Redirect.NEVER)
            // Without TLS the client would ask for an upgrade, which some servers take amiss.
            .version(plain ? Version.HTTP_1_1 : Version.HTTP_2)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  @Override
  public ModelStream open(ModelRequest request) {
    HttpRequest http = ChatRequests.of(endpoint, request);
    return new ChatStream(endpoint, () -> new Attempt(client, http));
  }

  /// Breaks calls that are still under way.
  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
