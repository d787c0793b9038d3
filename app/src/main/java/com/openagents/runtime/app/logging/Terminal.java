package com.openagents.runtime.app.logging;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a person is looking.
public final class Terminal {
  private Terminal() {}

  /// Whether standard error, where log lines go, is a terminal. Linux tells; elsewhere the console
  /// as a whole stands for it.
  @SuppressWarnings("SystemConsoleNull") // the built-in console of JDK 25 is absent when redirected
  public static boolean isStandardError() {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
      return target.startsWith("/dev/pts")
          || target.toString().startsWith("/dev/tty")
          || target.startsWith("/dev/console");
    } catch (IOException _) {
      Console console = System.console();
      return console != null && console.isTerminal();
    }
  }
}
