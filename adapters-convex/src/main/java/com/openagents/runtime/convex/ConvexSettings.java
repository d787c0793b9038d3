package com.openagents.runtime.convex;

import java.net.URI;
import java.time.Duration;

/// How a deployment is reached and spared.
///
/// @param url where it is, with nothing behind the port
/// @param release of this runtime, as deployments see it in their logs
/// @param timeout of one call
/// @param rows in one batch, at most 500
/// @param batchBytes in one batch, unless one document alone has more
/// @param bytesPerSecond over all batches; the platform's limit is 4 MiB
/// @param log names the log whose documents are shown; a deployment that shows those of another is
///   not written to. Empty for none
/// @param development whether an instance may be one whose keys everybody knows
public record ConvexSettings(
    URI url,
    String release,
    Duration timeout,
    int rows,
    int batchBytes,
    int bytesPerSecond,
    String log,
    boolean development) {

  static final int ROWS_MAX = 500;

  public ConvexSettings {
    String scheme = url.getScheme();
    if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException("a deployment's address begins with http or https");
    }
    if (url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawPath().length() > 1) {
      throw new IllegalArgumentException("a deployment's address ends behind its port");
    }
    if (rows < 1 || rows > ROWS_MAX || batchBytes < 1 || bytesPerSecond < 1) {
      throw new IllegalArgumentException("a batch has 1 to 500 rows, and some bytes");
    }
  }

  /// What suits the platform's limits.
  public static ConvexSettings at(URI url, String release) {
    return new ConvexSettings(
        url, release, Duration.ofSeconds(20), ROWS_MAX, 1 << 20, 3 << 20, "", false);
  }

  public ConvexSettings showing(String named) {
    return new ConvexSettings(
        url, release, timeout, rows, batchBytes, bytesPerSecond, named, development);
  }

  public ConvexSettings inDevelopment() {
    return new ConvexSettings(url, release, timeout, rows, batchBytes, bytesPerSecond, log, true);
  }

  URI route(String path) {
    return url.resolve(path);
  }
}
