package com.openagents.runtime.postgres.projection;

import com.openagents.runtime.postgres.PostgresFixture;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.ProjectionFixture;
import com.openagents.runtime.testkit.projection.WholeProjections;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class PostgresProjectionsTest extends WholeProjections {

  private final TestServer server;

  PostgresProjectionsTest(TestServer server) {
    this.server = server;
  }

  @Override
  protected ProjectionFixture openStore() {
    return PostgresFixture.on(server);
  }
}
