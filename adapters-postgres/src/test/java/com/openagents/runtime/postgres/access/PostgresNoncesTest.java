package com.openagents.runtime.postgres.access;

import com.openagents.runtime.access.Nonces;
import com.openagents.runtime.postgres.PostgresFixture;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.access.NoncesContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class PostgresNoncesTest extends NoncesContract {

  private final TestServer server;

  PostgresNoncesTest(TestServer server) {
    this.server = server;
  }

  @Override
  protected PortFixture<Nonces> openNonces() {
    return PostgresFixture.on(server, PostgresNonces::new);
  }
}
