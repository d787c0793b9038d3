package com.openagents.runtime.app.crash;

import com.openagents.runtime.app.bench.ServiceProcess;
import java.io.IOException;

/// Holds a process still, and lets it go on.
final class Signals {

  private Signals() {}

  /// SIGSTOP.
  static void pause(ServiceProcess process) throws IOException, InterruptedException {
    send("STOP", process);
  }

  /// SIGCONT.
  static void resume(ServiceProcess process) throws IOException, InterruptedException {
    send("CONT", process);
  }

  private static void send(String name, ServiceProcess process)
      throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("kill -" + name + " failed with status " + status);
    }
  }
}
