package com.openagents.runtime.postgres.access;

import com.openagents.runtime.access.Audit;
import com.openagents.runtime.postgres.PostgresFixture;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.access.AuditContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class PostgresAuditTest extends AuditContract {

  private final TestServer server;

  PostgresAuditTest(TestServer server) {
    this.server = server;
  }

  @Override
  protected PortFixture<Audit> openAudit() {
    return PostgresFixture.on(server, PostgresAudit::new);
  }
}
