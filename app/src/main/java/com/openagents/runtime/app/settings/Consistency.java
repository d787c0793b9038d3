package com.openagents.runtime.app.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What settings demand of each other.
final class Consistency {
  private Consistency() {}

  static List<Problem> problems(Settings settings) {
    var problems = new ArrayList<Problem>();
    listening(settings, problems);
    model(settings, problems);
    identity(settings, problems);
    return problems;
  }

  /// Calls without a signature are for this machine only.
  private static void listening(Settings settings, List<Problem> problems) {
    String host = settings.get(Catalog.HTTP_HOST);
    try {
      boolean loopback = InetAddress.getByName(host).isLoopbackAddress();
      if (!loopback && !settings.isGiven(Catalog.SIGNING_KEYS)) {
        problems.add(
            new Problem(
                Catalog.HTTP_HOST.name(),
                "listening on %s, beyond this machine, needs %s"
                    .formatted(Shown.quoted(host), Catalog.SIGNING_KEYS.name())));
      }
    } catch (UnknownHostException _) {
      problems.add(new Problem(Catalog.HTTP_HOST.name(), Shown.quoted(host) + " is no known host"));
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

  private static Problem missing(Setting<?> missing, Setting<?> because) {
    return new Problem(missing.name(), "is needed, because " + because.name() + " is set");
  }
}
