package com.openagents.runtime.postgres.log;

import com.openagents.runtime.postgres.PostgresFixture;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.log.FramesTogetherContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class PostgresFramesTogetherTest extends FramesTogetherContract {

  private final TestServer server;

  PostgresFramesTogetherTest(TestServer server) {
    this.server = server;
  }

  @Override
  protected StoreFixture openStore() {
    return PostgresFixture.on(server);
  }
}
