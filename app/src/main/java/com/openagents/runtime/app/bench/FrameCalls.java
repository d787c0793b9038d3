package com.openagents.runtime.app.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Calls that send frames to runs chosen at random. Thread-safe as far as each connection has one
/// caller.
final class FrameCalls {

  private final AtomicLong frames = new AtomicLong();
  private final List<RunId> runs;

  FrameCalls(List<RunId> runs) {
    this.runs = runs;
  }

  /// @param perCall frames in the call; one goes to the call for one
  void send(SignedConnection connection, int perCall) {
    RunId runId = runs.get(ThreadLocalRandom.current().nextInt(runs.size()));
    String target = "/internal/v1/runs/" + runId + "/frames";
    try {
      if (perCall == 1) {
        connection.post(target, bytes(frame()));
      } else {
        List<Json> many = IntStream.range(0, perCall).<Json>mapToObj(_ -> frame()).toList();
        Json.Obj body = Json.object().put("frames", Json.array(many)).build();
        connection.post(target + "/batch", bytes(body));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Json.Obj body) {
    return CanonicalJson.write(body).getBytes(UTF_8);
  }

  /// A note begins no turn, so that nothing but the write of the frame is measured.
  private Json.Obj frame() {
    return Json.object()
        .put("frameId", "h-" + frames.incrementAndGet())
        .put("type", "note")
        .put("payload", Json.object().put("text", HeldRuns.TEXT).build())
        .build();
  }
}
