package com.openagents.runtime.canon;

/// How large a JSON document may be before it is refused.
///
/// @param depth how deep arrays and objects may nest
/// @param documentLength characters of the whole text
/// @param stringLength characters of one string
/// @param values how many values, nested ones included
public record JsonLimits(int depth, int documentLength, int stringLength, int values) {

  /// For what comes from outside.
  public static final JsonLimits REQUEST = new JsonLimits(64, 8 << 20, 4 << 20, 200_000);

  /// For what the runtime itself wrote, so with room for a whole request in an event in a bundle.
  public static final JsonLimits STORED = new JsonLimits(80, 64 << 20, 32 << 20, 2_000_000);

  /// Whether a value can be read again from its canonical text within these limits of length and
  /// number; depth and strings are not looked at.
  public boolean allow(Json value, String text) {
    return text.length() <= documentLength && count(value) <= values;
  }

  private static long count(Json value) {
    return switch (value) {
      case Json.Null _, Json.Bool _, Json.Num _, Json.Str _ -> 1;
      case Json.Arr(var items) -> 1 + items.stream().mapToLong(JsonLimits::count).sum();
      case Json.Obj(var fields) -> 1 + fields.values().stream().mapToLong(JsonLimits::count).sum();
    };
  }

  static final int NAME_LENGTH = 1024;
  static final int NUMBER_LENGTH = 1024;
}
