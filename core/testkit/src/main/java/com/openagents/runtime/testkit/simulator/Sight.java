package com.openagents.runtime.testkit.simulator;

/// What plays must come across for their laws to mean something.
public enum Sight {
  /// A run that began as a fork.
  FORK,
  /// A frame that was sent in one call with others.
  FRAME_AMONG_OTHERS,
  /// A call of which some frames were taken and others not.
  PARTLY_REFUSED,
  /// A piece of a text that aged out.
  AGED_PIECE,
  /// A reader that followed a run to its end while pieces aged out.
  READER,
  /// A reader that was told to begin anew, for what comes next aged out.
  READER_BEGINS_ANEW
}
