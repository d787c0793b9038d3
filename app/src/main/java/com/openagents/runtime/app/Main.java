package com.openagents.runtime.app;

import com.openagents.runtime.app.cli.Commands;

/// Where the process begins.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Commands.execute(System.getenv(), arguments));
  }
}
