package com.openagents.runtime.http.run;

/// The forms of identifiers in bodies, and how they are said to a person.
final class Forms {

  static final String UUID =
      "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
  static final String UUID_SAID = "a UUID of 36 characters";
  static final String ID = "[!-~]{1,128}";
  static final String ID_SAID = "1 to 128 visible ASCII characters";
  static final String GUEST = "g-[0-9a-f]{32}";
  static final String GUEST_SAID = "g- and 32 lowercase hex digits";

  /// Of each free value of a run's request, so that the event that records them all stays small.
  static final int FREE_BYTES_MAX = 16 << 10;

  static final int REASON_MAX = 1_000;

  /// 366 days.
  static final long IDLE_MS_MAX = 31_622_400_000L;

  static final String IDLE_MS_SAID = "at most 31622400000, which is 366 days";
  static final long WHOLE_MAX = 9_007_199_254_740_991L;

  private Forms() {}
}
