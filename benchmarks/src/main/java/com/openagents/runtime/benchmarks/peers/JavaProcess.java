package com.openagents.runtime.benchmarks.peers;

import com.openagents.runtime.app.machine.Machine;
import com.openagents.runtime.app.machine.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A main class in a virtual machine of its own, with the classes and options of this one.
final class JavaProcess {

  private JavaProcess() {}

  /// Returns once it listens.
  ///
  /// @param settings what its environment has beside the user's own
  static ServiceProcess start(Class<?> main, Map<String, String> settings)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Machine.options());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("OA_"));
    builder.environment().putAll(settings);
    return ServiceProcess.start(builder, _ -> {});
  }
}
