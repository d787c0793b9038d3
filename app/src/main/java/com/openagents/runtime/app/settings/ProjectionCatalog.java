package com.openagents.runtime.app.settings;

import com.openagents.runtime.app.settings.Setting.Open;
import com.openagents.runtime.app.settings.Setting.Preset;
import com.openagents.runtime.app.settings.Setting.Secret;
import com.openagents.runtime.convex.ConvexCredential.AdminKey;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// The settings of documents about runs and threads, and of the sinks that show them.
public final class ProjectionCatalog {

  /// Where documents are shown.
  public enum Sink {
    NONE,
    CONVEX
  }

  public static final Preset<Boolean> PROJECTIONS =
      new Preset<>(
          "OA_PROJECTIONS",
          "on",
          Parsers::onOff,
          "Whether this node takes part in keeping documents about runs and threads, `on` or"
              + " `off`. One node at a time does it.");
  public static final Preset<Sink> SINKS =
      new Preset<>(
          "OA_SINKS",
          "none",
          Parsers.oneOf(Sink.class),
          "Where documents are shown: `none` or `convex`. The same on all nodes.");
  public static final Preset<Duration> PROJECTION_INTERVAL =
      new Preset<>(
          "OA_PROJECTION_INTERVAL",
          "250ms",
          Parsers.duration(Duration.ofMillis(10), Duration.ofMinutes(1)),
          "How late documents follow the log, and sinks the documents, while both keep up.");
  public static final Open<Duration> AUDIT_INTERVAL =
      new Open<>(
          "OA_AUDIT_INTERVAL",
          "never by itself",
          Parsers.duration(Duration.ofSeconds(1), Duration.ofDays(7)),
          "How often the log, documents and what sinks show are compared, all of them.");
  public static final Open<URI> CONVEX_URL =
      new Open<>(
          "OA_CONVEX_URL",
          "none",
          Parsers::webAddress,
          "The Convex deployment: `https://…`, with nothing behind the port.");
  public static final Secret<String> CONVEX_ADMIN_KEY =
      new Secret<>(
          "OA_CONVEX_ADMIN_KEY",
          "a token that this service mints for itself, see `OA_TOKEN_KEYS`",
          text -> new AdminKey(text).key(),
          "The deployment's admin key, which may do anything to it; only where it cannot verify"
              + " tokens.");

  public static final Preset<Boolean> CONVEX_IMPORT =
      new Preset<>(
          "OA_CONVEX_IMPORT",
          "off",
          Parsers::onOff,
          "Whether deliveries of 100 documents and more of one projection, as after a rebuild, go"
              + " by Convex's import of snapshots, `on` or `off`. Needs `OA_CONVEX_ADMIN_KEY`.");

  static final List<Setting<?>> ALL =
      List.of(
          PROJECTIONS,
          SINKS,
          PROJECTION_INTERVAL,
          AUDIT_INTERVAL,
          CONVEX_URL,
          CONVEX_ADMIN_KEY,
          CONVEX_IMPORT);

  private ProjectionCatalog() {}
}
