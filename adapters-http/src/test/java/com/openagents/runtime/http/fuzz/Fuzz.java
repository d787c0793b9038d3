package com.openagents.runtime.http.fuzz;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where Jazzer begins: the long form, led by coverage. Not thread-safe, as Jazzer is not.
public final class Fuzz {

  private static @Nullable Parser parser;

  private Fuzz() {}

  /// @param args the directory name of a [Target]
  public static void fuzzerInitialize(String[] args) {
    parser = Target.valueOf(args[0].toUpperCase(Locale.ROOT)).parser();
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (parser != null) {
      parser.takes(input);
    }
  }
}
