package com.openagents.runtime.postgres.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.postgres.TestDatabase;
import com.openagents.runtime.postgres.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.openagents.runtime.postgres.TestServers#all")
class DamagedPayloadTest {

  private final TestDatabase database;

  DamagedPayloadTest(TestServer server) {
    database = TestDatabase.emptiedOn(server);
  }

  @Test
  void a_payload_whose_bytes_changed_in_the_store_is_not_handed_out() {
    var blobs = new PostgresBlobs(database.pools().serving());
    Digest digest = blobs.put("as it was".getBytes(UTF_8));
    database.sql("update runtime.blobs set content = 'as it is not'");
    assertThatThrownBy(() -> blobs.get(digest))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(digest.toString());
  }
}
