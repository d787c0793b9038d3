package com.openagents.runtime.run;

/// How many random cases a test tries.
public final class Seeds {

  private Seeds() {}

  /// As many as the test wants, or fewer where `-Dcore.seeds` says so: a test that is repeated for
  /// every change of the code need not try them all.
  public static int atMost(int wanted) {
    return Math.min(wanted, Integer.getInteger("core.seeds", wanted));
  }
}
