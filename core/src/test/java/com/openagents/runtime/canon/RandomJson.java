package com.openagents.runtime.canon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Random values that the reader takes: every kind, odd strings, doubles from their bits.
public final class RandomJson {

  private static final String ODD = "\"\\/\b\t\n\f\r\u0001\u001f\u007f\u0080öé€\u2028\ufb33\uffff";

  private final RandomGenerator random;

  public RandomJson(RandomGenerator random) {
    this.random = random;
  }

  public Json.Obj object(int depth) {
    Map<String, Json> fields = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      fields.put(text(), value(depth - 1));
    }
    return new Json.Obj(fields);
  }

  public Json value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> Json.NULL;
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> Json.of((double) random.nextLong(-9_007_199_254_740_991L, 9_007_199_254_740_992L));
      case 3 -> Json.of(fraction());
      case 4, 5 -> Json.of(text());
      case 6 -> object(depth);
      default -> array(depth);
    };
  }

  private Json.Arr array(int depth) {
    List<Json> items = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      items.add(value(depth - 1));
    }
    return new Json.Arr(items);
  }

  /// Any finite double but the integers that the reader refuses.
  private double fraction() {
    while (true) {
      double number = Double.longBitsToDouble(random.nextLong());
      double size = Math.abs(number);
      if (Double.isFinite(number) && (size < 9_007_199_254_740_992.0 || size >= 1e21)) {
        return number;
      }
    }
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> text.append(ODD.charAt(random.nextInt(ODD.length())));
        case 1 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
        default -> text.append((char) random.nextInt('a', 'z' + 1));
      }
    }
    return text.toString();
  }
}
