package com.openagents.runtime.testkit.generate;

import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.identity.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Random texts, numbers, times, identifiers and JSON, all within what the wire allows.
///
/// Awkward values are as likely as ordinary ones. Not thread-safe.
public final class Values {

  /// The largest integer that every JSON reader keeps exact.
  private static final long INTEGER_MAX = 9_007_199_254_740_991L;

  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "0",
          " ",
          "\n",
          "\t",
          "\"",
          "\\",
          "/",
          "'",
          ";",
          "%",
          "{}",
          "\u0001",
          "\u007f",
          "é",
          "ß",
          "日本",
          "\u2028",
          "\ufeff",
          "👩‍👩‍👧",
          "𝒻",
          "hello",
          "null",
          "drop table");

  private static final String VISIBLE = "abcXYZ0189-_.:~!@$%&*()+,;=[]{}|'\"\\/?#<>^`";

  private final RandomGenerator random;

  public Values(RandomGenerator random) {
    this.random = random;
  }

  public boolean chance() {
    return random.nextBoolean();
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  public <E extends Enum<E>> E oneOf(Class<E> type) {
    return oneOf(List.of(type.getEnumConstants()));
  }

  public <T> @Nullable T orNull(Supplier<T> value) {
    return chance() ? value.get() : null;
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(oneOf(PIECES));
    }
    return text.toString();
  }

  /// 1 to 128 visible ASCII characters.
  public String name() {
    int length = random.nextInt(8) == 0 ? 128 : 1 + random.nextInt(12);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < length; i++) {
      name.append(VISIBLE.charAt(random.nextInt(VISIBLE.length())));
    }
    return name.toString();
  }

  /// An integer from 0 that JSON keeps exact, often at an edge.
  public long number() {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> INTEGER_MAX;
      case 2 -> random.nextLong(INTEGER_MAX);
      default -> random.nextInt(1_000);
    };
  }

  public int count() {
    return random.nextInt(1, 1_000);
  }

  /// In microseconds, between 1970 and 2100.
  public Instant time() {
    return Instant.EPOCH
        .plusSeconds(random.nextLong(4_102_444_800L))
        .plusNanos(random.nextInt(1_000_000) * 1_000L);
  }

  /// In milliseconds, from nothing to some days.
  public Duration duration() {
    return chance() ? Duration.ofMillis(random.nextInt(1_000_000_000)) : Duration.ZERO;
  }

  /// None to three.
  public <T> List<T> some(Supplier<? extends T> value) {
    return Stream.<T>generate(value).limit(random.nextInt(4)).toList();
  }

  public Digest digest() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return new Digest(HexFormat.of().formatHex(bytes));
  }

  public RunId runId() {
    return new RunId(new UUID(random.nextLong(), random.nextLong()));
  }

  public TraceId traceId() {
    return new TraceId("1" + digest().hex().substring(33));
  }

  public NodeId node() {
    return new NodeId(name());
  }

  public FrameId frameId() {
    return new FrameId(name());
  }

  public ThreadId thread() {
    return new ThreadId(name());
  }

  public Principal principal() {
    return chance()
        ? new Principal.User(random.nextLong(1, INTEGER_MAX + 1))
        : new Principal.Guest("g-" + digest().hex().substring(32));
  }

  public Json.Obj object() {
    return object(3);
  }

  public Json json() {
    return json(3);
  }

  private Json.Obj object(int depth) {
    Json.Builder object = Json.object();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.put(text(), json(depth - 1));
    }
    return object.build();
  }

  private Json json(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> Json.NULL;
      case 1 -> Json.of(chance());
      case 2 -> Json.of((double) number());
      case 3 -> Json.of(fraction());
      case 4, 5 -> Json.of(text());
      case 6 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  /// A number with a fraction or an exponent; integers beyond the exact ones are not JSON here.
  private double fraction() {
    return random.nextInt(8) == 0
        ? random.nextDouble(1e21, 1e300)
        : random.nextGaussian() * Math.pow(10, random.nextInt(-20, 14));
  }

  private Json.Arr array(int depth) {
    List<Json> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(json(depth));
    }
    return Json.array(items);
  }
}
