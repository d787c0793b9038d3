package com.openagents.runtime.app.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.ArrayList;
import java.util.List;

/// A failure with its causes, line by line.
final class StackTrace {
  private static final int FRAMES_MAX = 60;
  private static final int CAUSES_MAX = 10;

  private StackTrace() {}

  static List<String> lines(IThrowableProxy failure) {
    var lines = new ArrayList<String>();
    append(lines, "", failure, 0);
    return lines;
  }

  private static void append(
      List<String> lines, String relation, IThrowableProxy failure, int depth) {
    lines.add(relation + headline(failure));
    if (failure.isCyclic() || depth >= CAUSES_MAX) {
      return;
    }
    StackTraceElementProxy[] frames = failure.getStackTraceElementProxyArray();
    int own = Math.min(frames.length - failure.getCommonFrames(), FRAMES_MAX);
    for (int i = 0; i < own; i++) {
      lines.add("  " + frames[i].getSTEAsString());
    }
    if (own < frames.length) {
      lines.add("  … %d more".formatted(frames.length - own));
    }
    for (IThrowableProxy suppressed : failure.getSuppressed()) {
      append(lines, "suppressed: ", suppressed, depth + 1);
    }
    if (failure.getCause() != null) {
      append(lines, "caused by: ", failure.getCause(), depth + 1);
    }
  }

  static String headline(IThrowableProxy failure) {
    return failure.getMessage() == null
        ? failure.getClassName()
        : failure.getClassName() + ": " + failure.getMessage();
  }
}
