package com.openagents.runtime.app.doctor;

import com.openagents.runtime.app.database.Database;
import com.openagents.runtime.app.embedded.EmbeddedPostgresException;
import com.openagents.runtime.app.embedded.Inspection;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.DatabaseUrl;
import com.openagents.runtime.app.settings.HttpAddress;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.settings.SettingsRefused;
import com.openagents.runtime.http.oidc.IssuerAddress;
import com.openagents.runtime.http.oidc.IssuerDocuments;
import com.openagents.runtime.http.oidc.IssuerUnreadable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at everything that a start of the service rests on, and changes nothing.
public final class Doctor {
  private Doctor() {}

  /// Everything found, in the order of looking. Without usable settings the rest cannot be looked
  /// at.
  public static List<Finding> examine(Map<String, String> environment) {
    var findings = new ArrayList<Finding>();
    findings.add(java());
    Settings settings;
    try {
      settings = Settings.read(environment);
    } catch (SettingsRefused e) {
      e.problems()
          .forEach(problem -> findings.add(Finding.failure("settings", problem.toString())));
      return findings;
    }
    findings.add(Finding.ok("settings", "read"));
    findings.addAll(database(settings));
    findings.add(signing(settings));
    findings.add(identity(settings));
    findings.add(model(settings));
    ConvexExamination.examine(settings).ifPresent(findings::add);
    findings.add(port(settings));
    return findings;
  }

  private static Finding java() {
    return Finding.ok(
        "java",
        "%s (%s), %d processors, %d MiB of heap at most"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20));
  }

  private static List<Finding> database(Settings settings) {
    Optional<DatabaseUrl> own = settings.find(Catalog.DATABASE_URL);
    if (own.isPresent()) {
      return DatabaseExamination.examine(own.get());
    }
    try {
      return embedded(Database.location(settings).path());
    } catch (EmbeddedPostgresException e) {
      return List.of(Finding.failure("embedded PostgreSQL", String.valueOf(e.getMessage())));
    }
  }

  private static List<Finding> embedded(Path directory) {
    var inspection = Inspection.of(directory);
    var findings = new ArrayList<Finding>();
    findings.add(Finding.ok("embedded PostgreSQL", inspection.prospect()));
    var running = inspection.running();
    if (running.isPresent()) {
      findings.add(Finding.ok("embedded PostgreSQL", "runs: " + running.get().owner()));
      findings.addAll(DatabaseExamination.examine(Database.urlOf(running.get().endpoint())));
    } else {
      findings.add(Finding.ok("embedded PostgreSQL", "does not run; `serve` starts it"));
    }
    return findings;
  }

  private static Finding signing(Settings settings) {
    return settings.find(Catalog.SIGNING_KEYS).isPresent()
        ? Finding.ok("signing keys", "given: calls must be signed")
        : Finding.warning(
            "signing keys",
            "none: development mode, for this machine only; set OA_SIGNING_KEYS for production");
  }

  private static Finding identity(Settings settings) {
    if (!settings.get(Catalog.REQUIRE_IDENTITY)) {
      return Finding.ok("identity", "not asked for: a signature is enough");
    }
    IssuerAddress issuer = settings.find(Catalog.IDENTITY_ISSUER).orElseThrow();
    try (var documents = new IssuerDocuments(issuer)) {
      return Finding.ok(
          "identity", "asked for; keys of %s: %d".formatted(issuer, documents.count()));
    } catch (IssuerUnreadable e) {
      return Finding.failure("identity", "nobody can call: " + e.getMessage());
    }
  }

  private static Finding model(Settings settings) {
    return settings
        .find(Catalog.MODEL_BASE_URL)
        .map(
            url -> Finding.ok("model", settings.find(Catalog.MODEL_NAME).orElse("") + " at " + url))
        .orElse(
            Finding.warning("model", "none: the offline provider answers; set OA_MODEL_BASE_URL"));
  }

  private static Finding port(Settings settings) {
    String host = settings.get(Catalog.HTTP_HOST);
    int port = settings.get(Catalog.HTTP_PORT);
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return Finding.ok("address", HttpAddress.of(host, port) + " is free");
    } catch (IOException _) {
      return Finding.warning(
          "address",
          HttpAddress.of(host, port)
              + " is taken, perhaps by the service itself; else choose another OA_HTTP_PORT");
    }
  }
}
