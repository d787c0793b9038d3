package com.openagents.runtime.app.settings;

import com.openagents.runtime.access.SigningKeys;
import com.openagents.runtime.app.settings.Setting.Open;
import com.openagents.runtime.app.settings.Setting.Preset;
import com.openagents.runtime.app.settings.Setting.Secret;
import com.openagents.runtime.http.oidc.IssuerAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Every setting there is.
public final class Catalog {

  /// More of anything than one node can hold, and few enough to be added up.
  private static final long ON_ONE_NODE_MAX = 1_000_000_000;

  public static final Secret<DatabaseUrl> DATABASE_URL =
      new Secret<>(
          "DATABASE_URL",
          "embedded PostgreSQL under `OA_DATA_DIR`",
          DatabaseUrl::parse,
          "PostgreSQL 15 or newer: `postgresql://user:password@host:port/db?…` or a JDBC URL.");
  public static final Open<Path> DATA_DIR =
      new Open<>(
          "OA_DATA_DIR",
          "`$HOME/.openagents-runtime`; as root `/var/lib/openagents-runtime` where the home"
              + " directory is closed to other users; without a home directory that can be written"
              + " to, a directory in `/var/tmp`, which the system may clear",
          Parsers::path,
          "Where the embedded database lies, and what the service makes once where nothing is set:"
              + " `seal.key`, and in development mode `token.key`.");
  public static final Preset<Boolean> MIGRATE_ON_START =
      new Preset<>(
          "OA_MIGRATE_ON_START",
          "true",
          Parsers::truth,
          "Whether a start brings the database's schema up to date; otherwise `migrate` does.");
  public static final Preset<String> HTTP_HOST =
      new Preset<>(
          "OA_HTTP_HOST",
          "127.0.0.1",
          Parsers::host,
          "Address to listen on. One that is not loopback needs `OA_SIGNING_KEYS`.");
  public static final Preset<Integer> HTTP_PORT =
      new Preset<>(
          "OA_HTTP_PORT",
          "4000",
          Parsers::port,
          "Port to listen on; `0` takes a free one, and `listening on http://…` says which.");
  public static final Open<List<String>> CORS_ORIGINS =
      new Open<>(
          "OA_CORS_ORIGINS",
          "none",
          Parsers::origins,
          "Web origins whose pages may read answers, separated by commas:"
              + " `https://app.example.com`.");
  public static final Preset<Long> MAX_BODY =
      new Preset<>(
          "OA_MAX_BODY",
          "1MiB",
          Parsers.size(Integer.MAX_VALUE),
          "Size of the largest request body.");
  public static final Preset<Long> MAX_STREAMS =
      new Preset<>(
          "OA_MAX_STREAMS",
          "20000",
          Parsers.count(ON_ONE_NODE_MAX),
          "Open streams on one node; it takes 2000 more connections than that.");
  public static final Preset<Long> MAX_OPENING =
      new Preset<>(
          "OA_MAX_OPENING",
          "5000",
          Parsers.count(ON_ONE_NODE_MAX),
          "Streams that may wait to be opened on one node; further ones are refused.");
  public static final Preset<Boolean> METRICS_PUBLIC =
      new Preset<>(
          "OA_METRICS_PUBLIC",
          "false",
          Parsers::truth,
          "Whether metrics are served unsigned to other machines; loopback always gets them, and"
              + " so do operators whose calls are signed.");
  public static final Secret<SigningKeys> SIGNING_KEYS =
      new Secret<>(
          "OA_SIGNING_KEYS",
          "development mode: unsigned calls, loopback only",
          SigningKeys::parse,
          "`kid=base64url-secret[,kid2=…]`, each of at least 16 bytes. The first signs, all"
              + " verify.");
  public static final Preset<Boolean> REQUIRE_IDENTITY =
      new Preset<>(
          "OA_REQUIRE_IDENTITY",
          "off",
          Parsers::onOff,
          "Whether signed calls must also show an identity token of their service, `on` or `off`."
              + " Needs `OA_SIGNING_KEYS` and the three settings below.");
  public static final Open<IssuerAddress> IDENTITY_ISSUER =
      new Open<>(
          "OA_IDENTITY_ISSUER",
          "none",
          IssuerAddress::new,
          "OpenID Connect issuer of identity tokens, exactly as its tokens name it in `iss`:"
              + " `https://…`, or `http://` on this machine.");
  public static final Open<String> IDENTITY_AUDIENCE =
      new Open<>(
          "OA_IDENTITY_AUDIENCE",
          "none",
          Parsers::headerText,
          "What identity tokens must name in `aud`.");
  public static final Open<Set<String>> IDENTITY_SUBJECTS =
      new Open<>(
          "OA_IDENTITY_SUBJECTS",
          "none",
          Parsers::subjects,
          "The services that may call, as their tokens name them in `sub`, separated by commas."
              + " Each in full: there are no wildcards.");
  public static final Open<Path> IDENTITY_TOKEN_FILE =
      new Open<>(
          "OA_IDENTITY_TOKEN_FILE",
          "none is sent",
          Parsers::path,
          "File with the identity token that commands show to a service that they call; read anew"
              + " for every call.");
  public static final Secret<KeyPair> SEAL_KEY =
      new Secret<>(
          "OA_SEAL_KEY",
          "a key that is made once and kept in OA_DATA_DIR",
          SealKey::parse,
          "Base64url of an Ed25519 private key's 32 bytes; seals the logs of ended runs. Set the"
              + " same on all nodes, or each seals with a key of its own.");
  public static final Open<String> NODE_ID =
      new Open<>(
          "OA_NODE_ID",
          "host name and process number",
          Parsers::name,
          "The name under which this process holds leases. No two live processes may share one.");
  public static final Preset<Duration> LEASE_TTL =
      new Preset<>(
          "OA_LEASE_TTL",
          "30s",
          Parsers.duration(Duration.ofMillis(500), Duration.ofMinutes(10)),
          "How long a run stays with an executor that is no longer heard of.");
  public static final Preset<Duration> POLL_INTERVAL =
      new Preset<>(
          "OA_POLL_INTERVAL",
          "250ms",
          Parsers.duration(Duration.ofMillis(5), Duration.ofSeconds(30)),
          "How late this node notices, at most, what another one wrote.");
  public static final Open<Duration> JANITOR_INTERVAL =
      new Open<>(
          "OA_JANITOR_INTERVAL",
          "a tenth of `OA_LEASE_TTL`, at most `500ms`",
          Parsers.duration(Duration.ofMillis(10), Duration.ofMinutes(1)),
          "How often this node looks for runs without an executor.");
  public static final Preset<Long> MAX_EXECUTING =
      new Preset<>(
          "OA_MAX_EXECUTING",
          "1000",
          Parsers.count(ON_ONE_NODE_MAX),
          "Runs that one node executes at a time.");
  public static final Preset<Long> MAX_QUEUED_PER_RUN =
      new Preset<>(
          "OA_MAX_QUEUED_PER_RUN",
          "1000",
          Parsers.count(ON_ONE_NODE_MAX),
          "Frames that may wait in one run; approvals, tool results and ends find twice the room.");
  public static final Preset<Long> MAX_QUEUED =
      new Preset<>(
          "OA_MAX_QUEUED",
          "100000",
          Parsers::count,
          "Frames that may wait in the runs that one node executes.");
  public static final Preset<Duration> OVERLOAD_POOL_WAIT =
      new Preset<>(
          "OA_OVERLOAD_POOL_WAIT",
          "1s",
          Parsers.duration(Duration.ofMillis(1), Duration.ofMinutes(1)),
          "Wait for a database connection above which a node takes no new runs.");
  public static final Preset<Duration> OVERLOAD_APPEND =
      new Preset<>(
          "OA_OVERLOAD_APPEND",
          "2s",
          Parsers.duration(Duration.ofMillis(1), Duration.ofMinutes(1)),
          "Average time of an append above which a node takes no new runs.");
  public static final Preset<Duration> OVERLOAD_MAILBOX_AGE =
      new Preset<>(
          "OA_OVERLOAD_MAILBOX_AGE",
          "30s",
          Parsers.duration(Duration.ofMillis(1), Duration.ofHours(1)),
          "Age of the oldest run that waits for an executor above which a node takes no new runs.");
  public static final Preset<Duration> TURN_DEADLINE =
      new Preset<>(
          "OA_TURN_DEADLINE",
          "15m",
          Parsers.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          "How long an executor may work on one turn.");
  public static final Preset<Long> MAX_EVENTS =
      new Preset<>(
          "OA_MAX_EVENTS", "1000000", Parsers::count, "Events that one run's log may have.");
  public static final Preset<Long> MAX_BYTES =
      new Preset<>(
          "OA_MAX_BYTES",
          "1GiB",
          Parsers.size(1L << 40),
          "About how many bytes one run's log may have.");
  public static final Preset<Duration> DELTA_RETENTION =
      new Preset<>(
          "OA_DELTA_RETENTION",
          "7d",
          Parsers.duration(Duration.ofSeconds(1), Duration.ofDays(36_500)),
          "How long the pieces of a text stay in the log beside the whole text, at least.");
  public static final Open<URI> MODEL_BASE_URL =
      new Open<>(
          "OA_MODEL_BASE_URL",
          "offline provider, labelled as such",
          Parsers::webAddress,
          "OpenAI-compatible endpoint: what stands before `/chat/completions`.");
  public static final Secret<String> MODEL_API_KEY =
      new Secret<>(
          "OA_MODEL_API_KEY", "none is sent", Parsers::headerText, "The model provider's API key.");
  public static final Open<String> MODEL_NAME =
      new Open<>("OA_MODEL_NAME", "none", Parsers::name, "The provider's name for the model.");
  public static final Open<LogFormat> LOG_FORMAT =
      new Open<>(
          "OA_LOG_FORMAT",
          "`text` on a terminal, else `json`",
          Parsers.oneOf(LogFormat.class),
          "How log lines are written: `text` or `json`.");
  public static final Open<Path> CONFIG_FILE =
      new Open<>(
          "OA_CONFIG_FILE",
          "none",
          Parsers::path,
          "File with further settings, one `NAME=value` a line; the environment goes before it.");

  private static final List<Setting<?>> OWN =
      List.of(
          DATABASE_URL,
          DATA_DIR,
          MIGRATE_ON_START,
          HTTP_HOST,
          HTTP_PORT,
          CORS_ORIGINS,
          MAX_BODY,
          MAX_STREAMS,
          MAX_OPENING,
          METRICS_PUBLIC,
          SIGNING_KEYS,
          REQUIRE_IDENTITY,
          IDENTITY_ISSUER,
          IDENTITY_AUDIENCE,
          IDENTITY_SUBJECTS,
          IDENTITY_TOKEN_FILE,
          SEAL_KEY,
          NODE_ID,
          LEASE_TTL,
          POLL_INTERVAL,
          JANITOR_INTERVAL,
          MAX_EXECUTING,
          MAX_QUEUED_PER_RUN,
          MAX_QUEUED,
          OVERLOAD_POOL_WAIT,
          OVERLOAD_APPEND,
          OVERLOAD_MAILBOX_AGE,
          TURN_DEADLINE,
          MAX_EVENTS,
          MAX_BYTES,
          DELTA_RETENTION,
          MODEL_BASE_URL,
          MODEL_API_KEY,
          MODEL_NAME,
          LOG_FORMAT,
          CONFIG_FILE);

  static final List<Setting<?>> ALL =
      Stream.of(OWN, TokenCatalog.ALL, ProjectionCatalog.ALL).flatMap(List::stream).toList();

  private Catalog() {}
}
