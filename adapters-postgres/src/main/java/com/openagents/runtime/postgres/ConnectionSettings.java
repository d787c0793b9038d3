package com.openagents.runtime.postgres;

import java.time.Duration;

/// How a node reaches its database.
///
/// @param url `jdbc:postgresql://…`
/// @param leaseTtl no statement or transaction may take longer than half of it, so that a stopped
///   process never keeps a lock past the lease that it held
/// @param lockWait how long a statement that writes may wait for a lock
/// @param executingMax connections for writes
/// @param readingMax connections for the reads of those who carry runs out, seal or follow them
/// @param servingMax connections for the reads of requests
public record ConnectionSettings(
    String url,
    String user,
    String password,
    Duration leaseTtl,
    Duration lockWait,
    int executingMax,
    int readingMax,
    int servingMax) {

  /// The same settings for another address.
  public ConnectionSettings at(String otherUrl) {
    return new ConnectionSettings(
        otherUrl, user, password, leaseTtl, lockWait, executingMax, readingMax, servingMax);
  }

  @Override
  public String toString() {
    return "ConnectionSettings[url=" + url.replaceFirst("\\?.*", "") + ", user=" + user + "]";
  }
}
