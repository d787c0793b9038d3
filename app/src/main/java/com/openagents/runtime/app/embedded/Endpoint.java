package com.openagents.runtime.app.embedded;

/// How to connect to a database of the embedded PostgreSQL.
public record Endpoint(String host, int port, String database, String user, String password) {

  private static final String LOOPBACK = "127.0.0.1";

  static Endpoint onLoopback(int port, String password) {
    return new Endpoint(LOOPBACK, port, Cluster.DATABASE, Cluster.ROLE, password);
  }

  /// The address for JDBC, without the credentials. The connection stays on this machine, so it
  /// skips the negotiation of encryption.
  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s?sslmode=disable&gssEncMode=disable"
        .formatted(host, port, database);
  }

  /// `host:port`.
  public String address() {
    return host + ":" + port;
  }

  @Override
  public String toString() {
    return "%s@%s/%s".formatted(user, address(), database);
  }
}
