package com.openagents.runtime.postgres.log;

import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.postgres.PostgresFixture;
import com.openagents.runtime.postgres.TestServer;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.log.BlobsContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class PostgresBlobsTest extends BlobsContract {

  private final TestServer server;

  PostgresBlobsTest(TestServer server) {
    this.server = server;
  }

  @Override
  protected PortFixture<Blobs> openBlobs() {
    return PostgresFixture.on(server, PostgresBlobs::new);
  }
}
