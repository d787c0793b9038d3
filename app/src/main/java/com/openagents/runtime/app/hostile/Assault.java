package com.openagents.runtime.app.hostile;

import java.io.IOException;
import java.util.random.RandomGenerator;

/// What an attacker does on one connection, before it opens the next.
@FunctionalInterface
interface Assault {

  /// @throws IOException when the service has closed the connection
  void strike(Wire wire, Quarry quarry, RandomGenerator random) throws IOException;
}
