package com.openagents.runtime.postgres.access;

import com.openagents.runtime.postgres.PostgresFixture;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.access.RevocationsContract;
import com.openagents.runtime.token.Revocations;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class PostgresRevocationsTest extends RevocationsContract {

  private final TestServer server;

  PostgresRevocationsTest(TestServer server) {
    this.server = server;
  }

  @Override
  protected PortFixture<Revocations> openRevocations() {
    return PostgresFixture.on(server, PostgresRevocations::new);
  }
}
