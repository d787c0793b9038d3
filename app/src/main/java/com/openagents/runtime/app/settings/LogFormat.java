package com.openagents.runtime.app.settings;

/// How log lines are written.
public enum LogFormat {
  /// For people at a terminal.
  TEXT,
  /// One object a line, for machines.
  JSON
}
