package com.openagents.runtime.http.fuzz;

/// A parser with the law that holds whatever it is given.
interface Parser {

  /// Parses, and checks the law.
  ///
  /// @return whether the input was taken, as against refused in the parser's own way
  /// @throws AssertionError when the law is broken
  boolean takes(byte[] input);
}
