package com.openagents.runtime.app.embedded;

/// How to connect to a database of the embedded PostgreSQL.
public record Endpoint(String host, int port, String database, String user, String password) {

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
