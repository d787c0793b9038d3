package com.openagents.runtime.http.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.http.body.Bodies;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.run.BodiesOfRuns;
import com.openagents.runtime.http.run.CancelRunRequest;
import com.openagents.runtime.http.run.ForkRunRequest;
import com.openagents.runtime.http.run.StartRunRequest;
import com.openagents.runtime.http.run.SubmitFrameRequest;
import com.openagents.runtime.http.run.SubmitFramesRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bodies of starts, frames, several frames, forks and cancels; the first byte says of which.
///
/// The law: a refusal is a 400, 413 or 422; what is taken means the same in its canonical form, and
/// the runtime's own types take it too.
final class BodyParser implements Parser {

  private static final Bodies BODIES = new Bodies();

  @Override
  public boolean takes(byte[] input) {
    byte[] body = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
    try {
      switch (input.length == 0 ? 'c' : input[0]) {
        case 's' -> BodiesOfRuns.use(read(body, StartRunRequest.class));
        case 'b' -> BodiesOfRuns.use(read(body, SubmitFramesRequest.class));
        case 'f' -> BodiesOfRuns.use(read(body, SubmitFrameRequest.class));
        case 'k' -> read(body, ForkRunRequest.class);
        default -> read(body, CancelRunRequest.class);
      }
      return true;
    } catch (Problem refused) {
      assertThat(refused.code().status()).isIn(400, 413, 422);
      assertThat(refused.json("id")).isNotNull();
      return false;
    }
  }

  private static <T extends Record> T read(byte[] body, Class<T> type) {
    T read = BODIES.read(body, type);
    String canonical = CanonicalJson.write(JsonReader.read(body));
    assertThat(BODIES.read(canonical.getBytes(StandardCharsets.UTF_8), type)).isEqualTo(read);
    return read;
  }
}
