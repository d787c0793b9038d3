package com.openagents.runtime.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// A node's connections in six pools, so that neither writes nor reads can starve heartbeats, and
/// requests can starve neither the rounds of the node nor the runs that it carries out.
///
/// Each connection commits by itself and bounds its statements and transactions. Thread-safe.
public final class PostgresPools implements AutoCloseable {

  private static final int HEARTBEATS = 2;
  private static final int ROUNDS_MAX = 3;
  private static final int PROJECTING_MAX = 4;

  private final HikariDataSource executing;
  private final HikariDataSource reading;
  private final HikariDataSource serving;
  private final HikariDataSource rounds;
  private final HikariDataSource projecting;
  private final HikariDataSource heartbeats;

  private PostgresPools(ConnectionSettings settings) {
    Duration leaseTtl = settings.leaseTtl();
    executing = pool(settings, "executing", 1, settings.executingMax(), writing(settings));
    reading = pool(settings, "reading", 1, settings.readingMax(), bounded(leaseTtl));
    serving = pool(settings, "serving", 1, settings.servingMax(), bounded(leaseTtl));
    rounds = pool(settings, "rounds", 1, ROUNDS_MAX, bounded(leaseTtl));
    projecting = pool(settings, "projecting", 0, PROJECTING_MAX, bounded(leaseTtl));
    heartbeats = pool(settings, "heartbeats", HEARTBEATS, HEARTBEATS, writing(settings));
  }

  /// Does not wait for the database: the first use of a pool does.
  public static PostgresPools open(ConnectionSettings settings) {
    return new PostgresPools(settings);
  }

  /// For writes of runs.
  public DataSource executing() {
    return executing;
  }

  /// For what those read who carry runs out, seal them, or follow them.
  public DataSource reading() {
    return reading;
  }

  /// For what requests read.
  public DataSource serving() {
    return serving;
  }

  /// For what a node does by itself, again and again: look for changes, due runs and other nodes.
  public DataSource rounds() {
    return rounds;
  }

  /// For documents, their rebuilding and their delivery: what may be late and must delay nobody.
  public DataSource projecting() {
    return projecting;
  }

  /// For the renewal of leases and nothing else.
  public DataSource heartbeats() {
    return heartbeats;
  }

  @Override
  public void close() {
    heartbeats.close();
    projecting.close();
    rounds.close();
    serving.close();
    reading.close();
    executing.close();
  }

  private static HikariDataSource pool(
      ConnectionSettings settings,
      String name,
      int idleMin,
      int max,
      Map<String, String> parameters) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMinimumIdle(idleMin);
    config.setMaximumPoolSize(max);
    config.setConnectionTimeout(waitMax(settings.leaseTtl()).toMillis());
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(settingOf(parameters));
    config.addDataSourceProperty("ApplicationName", "openagents-runtime " + name);
    config.addDataSourceProperty("prepareThreshold", "1");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty(
        "socketTimeout", Long.toString(half(settings.leaseTtl()).toSeconds() + 5));
    return new HikariDataSource(config);
  }

  /// How long a caller waits for a connection: well within a lease, at most five seconds.
  private static Duration waitMax(Duration leaseTtl) {
    long millis = Math.clamp(leaseTtl.toMillis() / 6, 250, 5_000);
    return Duration.ofMillis(millis);
  }

  private static Duration half(Duration leaseTtl) {
    return leaseTtl.dividedBy(2);
  }

  /// Everything is found by an index, whatever the statistics of a young table say.
  ///
  /// No transaction outlives half a lease. A statement ends before that, because the end of a
  /// transaction by its time limit ends the connection too.
  private static Map<String, String> bounded(Duration leaseTtl) {
    String bound = half(leaseTtl).toMillis() + "ms";
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("enable_seqscan", "off");
    parameters.put("jit", "off");
    parameters.put("default_transaction_isolation", "read committed");
    parameters.put("statement_timeout", half(leaseTtl).toMillis() * 9 / 10 + "ms");
    parameters.put("idle_in_transaction_session_timeout", bound);
    parameters.put("transaction_timeout", bound);
    return parameters;
  }

  /// The append is planned once, perhaps when its tables are still empty, and the plan must be good
  /// for ever: rows are found by key, one after another.
  private static Map<String, String> writing(ConnectionSettings settings) {
    var parameters = bounded(settings.leaseTtl());
    parameters.put("lock_timeout", settings.lockWait().toMillis() + "ms");
    parameters.put("plan_cache_mode", "force_generic_plan");
    parameters.put("enable_hashjoin", "off");
    parameters.put("enable_mergejoin", "off");
    return parameters;
  }

  /// Sets those parameters that the server knows: `transaction_timeout` exists since version 17.
  private static String settingOf(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> "('" + parameter.getKey() + "', '" + parameter.getValue() + "')")
        .collect(
            Collectors.joining(
                ", ",
                "select set_config(p.name, p.value, false) from (values ",
                ") p(name, value) join pg_settings s on s.name = p.name"));
  }
}
