package com.openagents.runtime.tail;

/// Readers of a run that are read for together.
enum Lane {
  /// They have just come, and have not yet had all that there is.
  NEW,
  /// They had all that there was once, and get what comes.
  LIVE
}
