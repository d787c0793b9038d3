package com.openagents.runtime.app.wiring;

import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.ProjectionCatalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.convex.ConvexCredential;
import com.openagents.runtime.convex.ConvexSettings;
import com.openagents.runtime.convex.ConvexSink;
import com.openagents.runtime.convex.ImportingSink;
import com.openagents.runtime.projection.ProjectionSink;
import com.openagents.runtime.projection.SinkRefusing;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Where documents are shown, as the settings say.
final class Sinks implements AutoCloseable {

  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

  private final Optional<HttpClient> http;
  private final List<ProjectionSink> all;

  /// @param log names the log whose documents they are
  /// @param tokens with which this service writes into Convex, where it makes them
  Sinks(Settings settings, String log, Optional<Supplier<String>> tokens) {
    this.http =
        switch (settings.get(ProjectionCatalog.SINKS)) {
          case NONE -> Optional.empty();
          case CONVEX ->
              Optional.of(
                  HttpClient.newBuilder()
                      .connectTimeout(CONNECT_MAX)
                      .followRedirects(HttpClient.Redirect.NEVER)
                      .version(HttpClient.Version.HTTP_1_1)
                      .build());
        };
    this.all = http.map(client -> convex(client, settings, log, tokens)).stream().toList();
  }

  private static ProjectionSink convex(
      HttpClient client, Settings settings, String log, Optional<Supplier<String>> tokens) {
    ConvexSettings plain =
        ConvexSettings.at(
                settings.find(ProjectionCatalog.CONVEX_URL).orElseThrow(), Service.VERSION)
            .showing(log);
    boolean development = settings.find(Catalog.SIGNING_KEYS).isEmpty();
    ConvexSettings convex = development ? plain.inDevelopment() : plain;
    Optional<ConvexCredential.AdminKey> key =
        settings.find(ProjectionCatalog.CONVEX_ADMIN_KEY).map(ConvexCredential.AdminKey::new);
    ConvexCredential credential =
        key.<ConvexCredential>map(k -> k)
            .orElseGet(() -> new ConvexCredential.ServiceToken(tokens.orElse(Sinks::none)));
    ConvexSink sink = new ConvexSink(client, convex, credential);
    return settings.get(ProjectionCatalog.CONVEX_IMPORT)
        ? new ImportingSink(sink, sink.imports(client, key.orElseThrow()))
        : sink;
  }

  private static String none() {
    throw new SinkRefusing(
        "no_credential",
        "this service makes no tokens: set OA_TOKEN_KEYS, or OA_CONVEX_ADMIN_KEY instead");
  }

  List<ProjectionSink> all() {
    return all;
  }

  @Override
  public void close() {
    http.ifPresent(HttpClient::shutdownNow);
  }
}
