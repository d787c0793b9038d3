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

  static final int NAME_LENGTH = 1024;
  static final int NUMBER_LENGTH = 1024;
}
