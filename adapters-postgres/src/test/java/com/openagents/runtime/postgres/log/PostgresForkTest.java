package com.openagents.runtime.postgres.log;

import com.openagents.runtime.postgres.PostgresFixture;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.log.ForkContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class PostgresForkTest extends ForkContract {

  private final TestServer server;

  PostgresForkTest(TestServer server) {
    this.server = server;
  }

  @Override
  protected StoreFixture openStore() {
    return PostgresFixture.on(server);
  }
}
