package com.openagents.runtime.app.cli;

/// What a command's exit status means.
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int SETTINGS = 3;

  private ExitCode() {}
}
