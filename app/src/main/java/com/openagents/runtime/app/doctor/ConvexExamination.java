package com.openagents.runtime.app.doctor;

import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.HttpAddress;
import com.openagents.runtime.app.settings.ProjectionCatalog;
import com.openagents.runtime.app.settings.ProjectionCatalog.Sink;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.settings.TokenCatalog;
import com.openagents.runtime.convex.ConvexCredential;
import com.openagents.runtime.convex.ConvexCredential.AdminKey;
import com.openagents.runtime.convex.ConvexCredential.ServiceToken;
import com.openagents.runtime.convex.ConvexSettings;
import com.openagents.runtime.convex.ConvexSink;
import com.openagents.runtime.http.oidc.IssuerAddress;
import com.openagents.runtime.http.token.TokenKeys;
import com.openagents.runtime.projection.SinkAway;
import com.openagents.runtime.projection.SinkRefusing;
import com.openagents.runtime.token.WriterTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// Looks at the deployment that documents are to be shown in, as the writer does before its first
/// batch.
final class ConvexExamination {

  private static final String SUBJECT = "convex";
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

  private ConvexExamination() {}

  /// Empty where nothing is to be shown there.
  static Optional<Finding> examine(Settings settings) {
    return settings.get(ProjectionCatalog.SINKS) == Sink.CONVEX
        ? Optional.of(look(settings))
        : Optional.empty();
  }

  private static Finding look(Settings settings) {
    URI url = settings.find(ProjectionCatalog.CONVEX_URL).orElseThrow();
    Optional<ConvexCredential> credential = credential(settings);
    if (credential.isEmpty()) {
      return makesKey(settings)
          ? Finding.warning(
              SUBJECT,
              url + " was not looked at: the first start makes the key of the writer's tokens")
          : Finding.failure(
              SUBJECT,
              "this service makes no tokens to write with: set OA_TOKEN_KEYS, or"
                  + " OA_CONVEX_ADMIN_KEY instead");
    }
    try (HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_MAX)
            .version(HttpClient.Version.HTTP_1_1)
            .build()) {
      String functions = new ConvexSink(http, deployment(settings, url), credential.get()).look();
      return Finding.ok(
          SUBJECT, "%s runs functions %s and takes %s".formatted(url, functions, credential.get()));
    } catch (SinkAway away) {
      return away(url, away);
    } catch (SinkRefusing refusing) {
      return refusing(url, refusing, credential.get());
    }
  }

  private static ConvexSettings deployment(Settings settings, URI url) {
    ConvexSettings usual = ConvexSettings.at(url, "doctor");
    return settings.find(Catalog.SIGNING_KEYS).isPresent() ? usual : usual.inDevelopment();
  }

  private static Optional<ConvexCredential> credential(Settings settings) {
    Optional<String> adminKey = settings.find(ProjectionCatalog.CONVEX_ADMIN_KEY);
    return adminKey.isPresent()
        ? adminKey.map(AdminKey::new)
        : keys(settings).map(keys -> token(settings, keys));
  }

  private static ConvexCredential token(Settings settings, TokenKeys keys) {
    String issuer =
        settings
            .find(TokenCatalog.TOKEN_ISSUER)
            .map(IssuerAddress::text)
            .orElseGet(() -> HttpAddress.fromHere(settings).toString());
    return new ServiceToken(
        new WriterTokens(
            issuer,
            settings.get(TokenCatalog.CONVEX_WRITER_AUDIENCE),
            keys,
            InstantSource.system(),
            UUID::randomUUID));
  }

  /// Those given, or those that a start in development has left behind.
  private static Optional<TokenKeys> keys(Settings settings) {
    Optional<TokenKeys> given = settings.find(TokenCatalog.TOKEN_KEYS);
    if (given.isPresent() || !makesKey(settings)) {
      return given;
    }
    Path kept = Database.location(settings).path().resolve("token.key");
    try {
      return Files.exists(kept)
          ? Optional.of(TokenKeys.parse(Files.readString(kept).strip()))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Whether a start makes a key where none is given.
  private static boolean makesKey(Settings settings) {
    return settings.find(TokenCatalog.TOKEN_ISSUER).isEmpty()
        && settings.find(Catalog.SIGNING_KEYS).isEmpty();
  }

  private static Finding away(URI url, SinkAway away) {
    return away.reasonClass().equals("unreachable")
        ? Finding.failure(
            SUBJECT, url + " does not answer: start the deployment, or mend OA_CONVEX_URL")
        : Finding.warning(
            SUBJECT,
            "%s answers nothing of use at the moment: %s; look again later"
                .formatted(url, away.getMessage()));
  }

  private static Finding refusing(URI url, SinkRefusing refusing, ConvexCredential credential) {
    String advice =
        switch (refusing.reasonClass()) {
          case "unauthorized" -> "it does not take " + credential + ": " + toLookAt(credential);
          case "failing" ->
              "the writer's functions are missing or fail: deploy those of this release";
          default -> String.valueOf(refusing.getMessage());
        };
    return Finding.failure(SUBJECT, url + " cannot be written to: " + advice);
  }

  private static String toLookAt(ConvexCredential credential) {
    return switch (credential) {
      case AdminKey _ -> "make a new one for OA_CONVEX_ADMIN_KEY";
      case ServiceToken _ ->
          "its OA_TOKEN_ISSUER, OA_TOKEN_JWKS and OA_CONVEX_WRITER_AUDIENCE must be this service's,"
              + " which must run where the keys are read from it";
    };
  }
}
