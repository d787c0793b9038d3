package com.openagents.runtime.app.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Connections that are held as long and for as little as can be.
final class SlowAssaults {

  private static final Duration BETWEEN_BYTES = Duration.ofSeconds(1);
  private static final byte[] NOTHING = {};
  private static final int ANNOUNCED = 1 << 20;

  private SlowAssaults() {}

  /// A head of which a byte comes each second.
  static void head(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    wire.request("GET " + Quarry.RUNS + " HTTP/1.1\r\n" + Quarry.HOST + "X-Slow: ");
    drip(wire);
  }

  /// A body of which a byte comes each second, signed by every other attacker.
  static void body(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    wire.request(head(quarry, random) + "Content-Length: " + ANNOUNCED + "\r\n\r\n");
    drip(wire);
  }

  private static void drip(Wire wire) throws IOException {
    while (wire.goesOn()) {
      wire.send("x");
      int status = wire.hear(BETWEEN_BYTES);
      if (status != 0) {
        return;
      }
    }
  }

  /// A body that is announced and never comes.
  static void promise(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    wire.request(head(quarry, random) + "Content-Length: " + ANNOUNCED + "\r\n\r\n");
    wire.hold();
  }

  /// A body in pieces that has no end.
  static void chunks(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    wire.request(head(quarry, random) + "Transfer-Encoding: chunked\r\n\r\n");
    byte[] chunk = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(ISO_8859_1);
    while (wire.goesOn()) {
      wire.send(chunk);
    }
  }

  /// Nothing at all.
  static void silence(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    wire.hold();
  }

  /// An end of what is sent, before, within or behind a request.
  static void halfClosed(Wire wire, Quarry quarry, RandomGenerator random) throws IOException {
    switch (random.nextInt(3)) {
      case 0 -> {}
      case 1 -> wire.request("GET " + Quarry.RUNS + " HTTP/1.1\r\n" + Quarry.HOST);
      default -> wire.request(quarry.get(Quarry.path(quarry.busy()) + "/stream"));
    }
    wire.halfClose();
    wire.hold();
  }

  private static String head(Quarry quarry, RandomGenerator random) {
    return random.nextBoolean()
        ? quarry.post(Quarry.RUNS, NOTHING)
        : Quarry.POST_RUN + Quarry.HOST + Quarry.JSON;
  }
}
