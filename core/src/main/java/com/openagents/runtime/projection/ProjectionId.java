package com.openagents.runtime.projection;

import java.util.regex.Pattern;

/// Names one way of telling what happened. Equal names and versions give equal bytes for equal
/// events, on every node and release.
///
/// @param name 1 to 64 of `a-z`, `0-9` and `_`, beginning with a letter
/// @param version from 1; raised by every change of what documents say
public record ProjectionId(String name, int version) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  public ProjectionId {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a projection's name has 1 to 64 of a-z, 0-9 and _, and begins with a letter: " + name);
    }
    if (version < 1) {
      throw new IllegalArgumentException("versions of projections begin at 1");
    }
  }

  @Override
  public String toString() {
    return name + " version " + version;
  }
}
