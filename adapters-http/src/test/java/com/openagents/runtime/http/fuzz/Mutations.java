package com.openagents.runtime.http.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Changes inputs at random: a seed gives the same inputs each time. Not thread-safe.
final class Mutations {

  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ":",
          ",",
          "\\u0000",
          "\\ud800",
          "1e400",
          "-0",
          "1e16",
          "null",
          "9007199254740993",
          "\n",
          "\r",
          "\0",
          "\ufeff",
          "ÿ",
          "%00",
          "%ff",
          "&cursor=",
          "latest",
          "data",
          "data:",
          "id",
          "id:",
          ".",
          "=",
          "99999999999999999999",
          "true",
          "{}",
          "\\");

  private final RandomGenerator random;
  private final List<byte[]> seeds;

  Mutations(RandomGenerator random, List<byte[]> seeds) {
    this.random = random;
    this.seeds = seeds;
  }

  byte[] next() {
    byte[] input = seed();
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      input = changed(input);
    }
    return input;
  }

  private byte[] seed() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] changed(byte[] input) {
    int at = random.nextInt(input.length + 1);
    int to = Math.min(input.length, at + random.nextInt(9));
    return switch (random.nextInt(5)) {
      case 0 -> spliced(input, at, word(), to);
      case 1 -> spliced(input, at, word(), at);
      case 2 -> spliced(input, at, new byte[0], to);
      case 3 -> spliced(input, at, new byte[] {(byte) random.nextInt(256)}, Math.max(at, to));
      default -> {
        byte[] other = seed();
        yield spliced(
            input,
            at,
            Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length),
            to);
      }
    };
  }

  private byte[] word() {
    return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] spliced(byte[] input, int from, byte[] put, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(input, 0, from);
    out.writeBytes(put);
    out.write(input, to, input.length - to);
    return out.toByteArray();
  }
}
