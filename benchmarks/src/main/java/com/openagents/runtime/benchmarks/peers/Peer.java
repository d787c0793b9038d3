package com.openagents.runtime.benchmarks.peers;

import com.openagents.runtime.benchmarks.http.KeptConnection;
import java.net.URI;

/// A runtime that is measured over HTTP.
interface Peer extends AutoCloseable {

  String name();

  /// Where its callers connect to.
  URI address();

  /// Has one run done from its start until the caller has its result.
  ///
  /// @param connection of this caller alone
  /// @param steps 1 or 10
  /// @throws IllegalStateException when the run did not come to its end
  void run(KeptConnection connection, int steps);

  @Override
  void close();
}
