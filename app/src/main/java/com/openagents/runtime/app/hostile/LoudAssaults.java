package com.openagents.runtime.app.hostile;

import com.openagents.runtime.access.Signer;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Requests that are more than they should be, or that nobody may make.
final class LoudAssaults {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int REPLAYS = 20;
  private static final int PIPELINED = 400;
  private static final byte[] NOTHING = {};

  private LoudAssaults() {}

  /// A head that is too large: in its target, in one header, or in lines without end.
  static void head(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    String huge = "x".repeat(1 << 20);
    switch (random.nextInt(3)) {
      case 0 -> wire.request("GET /" + huge + " HTTP/1.1\r\n");
      case 1 -> wire.request("GET / HTTP/1.1\r\n" + Quarry.HOST + "X-Huge: " + huge);
      default -> {
        wire.request("GET / HTTP/1.1\r\n" + Quarry.HOST);
        String lines = "X-Line: x\r\n".repeat(1_000);
        while (wire.goesOn()) {
          wire.send(lines);
        }
      }
    }
    wire.hold();
  }

  /// JSON that is more to read than it looks, signed as it has to be.
  static void json(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    String target = Quarry.path(quarry.dump()) + "/frames";
    while (wire.goesOn()) {
      byte[] body = Bombs.any(random);
      wire.request(quarry.post(target, body) + "Content-Length: " + body.length + "\r\n\r\n");
      wire.send(body);
      var _ = wire.hear(PATIENCE);
    }
  }

  /// Requests by the hundred, of whose answers none is taken until all are sent.
  static void pipeline(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    String one =
        random.nextBoolean()
            ? "GET /health/live HTTP/1.1\r\n" + Quarry.HOST + "\r\n"
            : "GET " + Quarry.RUNS + " HTTP/1.1\r\n" + Quarry.HOST + "\r\n";
    wire.request(one.repeat(PIPELINED));
    for (int i = 0; i < PIPELINED && wire.goesOn(); i++) {
      var _ = wire.hear(PATIENCE);
    }
  }

  /// Signatures that are missing, garbled, of an unknown key, or wrong.
  static void signatures(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    while (wire.goesOn()) {
      String good = quarry.signature("GET", Quarry.RUNS, NOTHING);
      String bad =
          switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> Signer.HEADER + ": " + "A".repeat(8_000) + "\r\n";
            case 2 -> good.replaceFirst("ey", "eyA");
            default -> good.substring(0, good.length() - 6) + "AAAA\r\n";
          };
      wire.request("GET " + Quarry.RUNS + " HTTP/1.1\r\n" + Quarry.HOST + bad + "\r\n");
      var _ = wire.hear(PATIENCE);
    }
  }

  /// A good request, and then the same again and again.
  static void replays(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    while (wire.goesOn()) {
      String request = quarry.get(Quarry.path(quarry.busy()));
      for (int i = 0; i <= REPLAYS && wire.goesOn(); i++) {
        wire.request(request);
        var _ = wire.hear(PATIENCE);
      }
    }
  }
}
