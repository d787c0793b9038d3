package com.openagents.runtime.app.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Bodies of about a megabyte that are more to read than they look. Some are frames that are taken.
final class Bombs {

  private static final String FRAME = "{\"frameId\":\"";
  private static final int KEYS = 80_000;

  private static final List<byte[]> ALL =
      Stream.of(
              "{\"deep\":" + "[".repeat(500_000),
              "{\"number\":" + "9".repeat(1_000_000) + "}",
              "{\"text\":\"" + "x".repeat(1_000_000) + "\"}",
              "{" + "\"same\":1,".repeat(100_000) + "\"same\":1}",
              "{" + keys() + "}",
              signal("[" + "1,".repeat(190_000) + "1]"),
              signal("[" + "{},".repeat(190_000) + "{}]"),
              signal("{" + keys() + "}"))
          .map(text -> text.getBytes(ISO_8859_1))
          .toList();

  private Bombs() {}

  private static String keys() {
    StringBuilder fields = new StringBuilder("\"k\":0");
    for (int i = 0; i < KEYS; i++) {
      fields.append(",\"").append(Integer.toString(i, 36)).append("\":").append(i);
    }
    return fields.toString();
  }

  private static String signal(String data) {
    return FRAME
        + new UUID(0, 0)
        + "\",\"type\":\"signal\",\"payload\":{\"name\":\"bomb\",\"data\":"
        + data
        + "}}";
  }

  /// Any of them; a frame is one that was not sent before.
  static byte[] any(RandomGenerator random) {
    byte[] bomb = ALL.get(random.nextInt(ALL.size())).clone();
    if (bomb[2] == FRAME.charAt(2)) {
      byte[] id = new UUID(random.nextLong(), random.nextLong()).toString().getBytes(ISO_8859_1);
      System.arraycopy(id, 0, bomb, FRAME.length(), id.length);
    }
    return bomb;
  }
}
