package com.openagents.runtime.app.settings;

import com.openagents.runtime.convex.ConvexCredential.AdminKey;
import com.openagents.runtime.http.token.TokenKeys;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What settings demand of each other.
final class Consistency {

  /// As `auth.config.ts` names it.
  private static final String CONVEX_ALGORITHM = "ES256";

  private Consistency() {}

  static List<Problem> problems(Settings settings) {
    var problems = new ArrayList<Problem>();
    listening(settings, Catalog.HTTP_HOST, problems);
    listening(settings, TokenCatalog.PUBLIC_HTTP_HOST, problems);
    model(settings, problems);
    identity(settings, problems);
    sessions(settings, problems);
    tokens(settings, problems);
    sinks(settings, problems);
    return problems;
  }

  /// Calls without a signature are for this machine only.
  private static void listening(
      Settings settings, Setting.Preset<String> setting, List<Problem> problems) {
    String host = settings.get(setting);
    try {
      boolean loopback = InetAddress.getByName(host).isLoopbackAddress();
      if (!loopback && !settings.isGiven(Catalog.SIGNING_KEYS)) {
        problems.add(
            new Problem(
                setting.name(),
                "listening on %s, beyond this machine, needs %s"
                    .formatted(Shown.quoted(host), Catalog.SIGNING_KEYS.name())));
      }
    } catch (UnknownHostException _) {
      problems.add(new Problem(setting.name(), Shown.quoted(host) + " is no known host"));
    }
  }

  private static void model(Settings settings, List<Problem> problems) {
    boolean endpoint = settings.isGiven(Catalog.MODEL_BASE_URL);
    if (endpoint && !settings.isGiven(Catalog.MODEL_NAME)) {
      problems.add(missing(Catalog.MODEL_NAME, Catalog.MODEL_BASE_URL));
    }
    for (Setting<?> part : List.of(Catalog.MODEL_NAME, Catalog.MODEL_API_KEY)) {
      if (!endpoint && settings.isGiven(part)) {
        problems.add(missing(Catalog.MODEL_BASE_URL, part));
      }
    }
  }

  /// An identity is the second layer, and never the only one.
  private static void identity(Settings settings, List<Problem> problems) {
    if (settings.get(Catalog.REQUIRE_IDENTITY)) {
      Stream.of(
              Catalog.SIGNING_KEYS,
              Catalog.IDENTITY_ISSUER,
              Catalog.IDENTITY_AUDIENCE,
              Catalog.IDENTITY_SUBJECTS)
          .filter(needed -> !settings.isGiven(needed))
          .map(needed ->
              new Problem(
                  needed.name(),
                  "is needed, because " + Catalog.REQUIRE_IDENTITY.name() + " is on"))
          .forEach(problems::add);
    }
  }

  private static void sessions(Settings settings, List<Problem> problems) {
    boolean issuer = settings.isGiven(TokenCatalog.SESSION_ISSUER);
    boolean audience = settings.isGiven(TokenCatalog.SESSION_AUDIENCE);
    if (issuer && !audience) {
      problems.add(missing(TokenCatalog.SESSION_AUDIENCE, TokenCatalog.SESSION_ISSUER));
    }
    if (audience && !issuer) {
      problems.add(missing(TokenCatalog.SESSION_ISSUER, TokenCatalog.SESSION_AUDIENCE));
    }
  }

  /// A token is taken for what its audience says, so no two have the same; and one that proves a
  /// session must be none that a session gets.
  private static void tokens(Settings settings, List<Problem> problems) {
    boolean keys = settings.isGiven(TokenCatalog.TOKEN_KEYS);
    if (keys
        && settings.isGiven(Catalog.SIGNING_KEYS)
        && !settings.isGiven(TokenCatalog.TOKEN_ISSUER)) {
      problems.add(missing(TokenCatalog.TOKEN_ISSUER, TokenCatalog.TOKEN_KEYS));
    }
    Map<String, String> audiences = new HashMap<>();
    settings
        .find(TokenCatalog.SESSION_AUDIENCE)
        .ifPresent(own -> audiences.put(own, TokenCatalog.SESSION_AUDIENCE.name()));
    for (Setting.Preset<String> audience :
        List.of(
            TokenCatalog.CONVEX_AUDIENCE,
            TokenCatalog.SYNC_AUDIENCE,
            TokenCatalog.CONVEX_WRITER_AUDIENCE)) {
      String other = audiences.putIfAbsent(settings.get(audience), audience.name());
      if (other != null) {
        problems.add(new Problem(audience.name(), "is the same as " + other));
      }
    }
  }

  private static void sinks(Settings settings, List<Problem> problems) {
    boolean convex = settings.get(ProjectionCatalog.SINKS) == ProjectionCatalog.Sink.CONVEX;
    boolean named = settings.isGiven(ProjectionCatalog.CONVEX_URL);
    if (convex && !named) {
      problems.add(missing(ProjectionCatalog.CONVEX_URL, ProjectionCatalog.SINKS));
    }
    if (convex && !settings.get(ProjectionCatalog.PROJECTIONS)) {
      problems.add(
          new Problem(
              ProjectionCatalog.SINKS.name(),
              "there is nothing to show where OA_PROJECTIONS is off"));
    }
    if (!named && settings.isGiven(ProjectionCatalog.CONVEX_ADMIN_KEY)) {
      problems.add(missing(ProjectionCatalog.CONVEX_URL, ProjectionCatalog.CONVEX_ADMIN_KEY));
    }
    if (settings.get(ProjectionCatalog.CONVEX_IMPORT)
        && !settings.isGiven(ProjectionCatalog.CONVEX_ADMIN_KEY)) {
      problems.add(missing(ProjectionCatalog.CONVEX_ADMIN_KEY, ProjectionCatalog.CONVEX_IMPORT));
    }
    if (convex
        && settings.find(TokenCatalog.TOKEN_KEYS).filter(Consistency::isForeign).isPresent()) {
      problems.add(
          new Problem(
              TokenCatalog.TOKEN_KEYS.name(),
              "signs with another algorithm than %s, which the deployment's functions ask for: put a key first that `openagents-runtime token key` made"
                  .formatted(CONVEX_ALGORITHM)));
    }
    boolean known =
        settings
            .find(ProjectionCatalog.CONVEX_ADMIN_KEY)
            .map(AdminKey::new)
            .filter(AdminKey::isKnownToAll)
            .isPresent();
    if (known && settings.isGiven(Catalog.SIGNING_KEYS)) {
      problems.add(
          new Problem(
              ProjectionCatalog.CONVEX_ADMIN_KEY.name(),
              "is of an instance whose secret everybody knows, which is for development alone:"
                  + " give the deployment a name and a secret of its own"));
    }
  }

  private static boolean isForeign(TokenKeys keys) {
    return !keys.algorithm().equals(CONVEX_ALGORITHM);
  }

  private static Problem missing(Setting<?> missing, Setting<?> because) {
    return new Problem(missing.name(), "is needed, because " + because.name() + " is set");
  }
}
