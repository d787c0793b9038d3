package com.openagents.runtime.benchmarks.server;

import com.openagents.runtime.agent.AgentPrograms;
import com.openagents.runtime.agent.Echo;
import com.openagents.runtime.app.bench.Steps;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Parts;
import com.openagents.runtime.app.wiring.Service;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/// The service as `serve` runs it, with an agent of ten steps beside the one of one step. Its
/// settings are those of the environment.
public final class RuntimeServer {

  /// The name of the agent that does so many steps.
  public static String agent(int steps) {
    return steps == 1 ? "echo" : Steps.NAME;
  }

  private RuntimeServer() {}

  public static void main(String... arguments) throws InterruptedException {
    AgentPrograms programs = new AgentPrograms(List.of(new Echo(), new Steps(10)));
    Settings settings = Settings.read(System.getenv());
    try (Service service =
        Service.start(settings, new Parts(programs, UnaryOperator.identity()), IO::println)) {
      IO.println("listening on " + service.address());
      new CountDownLatch(1).await();
    }
  }
}
