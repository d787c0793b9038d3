package com.openagents.runtime.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChainTest {

  private static final RunId RUN = SealedRun.RUN;

  /// A cancel request of version 1, as an old runtime wrote it, with spaces that no writer leaves.
  private static StoredEvent old(RunId runId, long seq) {
    return new StoredEvent(
        runId,
        seq,
        "run.cancel_requested",
        1,
        "{ \"reason\": \"é\" }",
        Instant.parse("2026-01-01T00:00:00.000001Z"),
        null,
        7L);
  }

  @Test
  void hashes_the_published_preimage() throws NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    byte[] begin = sha.digest(("openagents-runtime/chain/1\n" + RUN).getBytes(UTF_8));
    String envelope =
        "{\"epoch\":7,\"occurredAt\":\"2026-01-01T00:00:00.000001Z\",\"payload\":{\"reason\":\"é\"},"
            + "\"runId\":\"0190a0c0-0000-7000-8000-000000000001\",\"seq\":1,"
            + "\"type\":\"run.cancel_requested\",\"version\":1}";
    sha.update(begin);
    byte[] first = sha.digest(envelope.getBytes(UTF_8));

    assertThat(Chain.begin(RUN).head().hex()).isEqualTo(HexFormat.of().formatHex(begin));
    assertThat(Chain.begin(RUN).next(old(RUN, 1)).head().hex())
        .isEqualTo(HexFormat.of().formatHex(first));
  }

  @Test
  void goes_on_with_the_next_event_of_its_run_only() {
    Chain chain = Chain.begin(RUN).next(old(RUN, 1));
    assertThatThrownBy(() -> chain.next(old(RUN, 1))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> chain.next(old(RUN, 3))).isInstanceOf(IllegalArgumentException.class);
    RunId other = new RunId(new UUID(0, 1));
    assertThatThrownBy(() -> chain.next(old(other, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
