package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.demo.Demo;
import com.openagents.runtime.app.logging.Logging;
import com.openagents.runtime.app.logging.Unprintable;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Service;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.RuntimeClient;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows the main job: one run from its start to its end.
@Command(
    name = "demo",
    description = "Start the service, carry out one run over HTTP, and print its tokens.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--keep", description = "Go on serving after the run, until Ctrl-C.")
  private boolean keep;

  @Option(names = "--json", description = "Print nothing but the result, as JSON.")
  private boolean json;

  @Option(
      names = "--agent",
      defaultValue = "assistant",
      description = "The agent that answers (default: ${DEFAULT-VALUE}).")
  private String agent = "";

  @Parameters(
      arity = "0..1",
      defaultValue = "Hello! What are you, and what happens to this message?",
      description = "What to say to it.")
  private String message = "";

  DemoCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = environment.settings();
    if (!keep) {
      Logging.troubleOnly();
    }
    PrintWriter result = spec.commandLine().getOut();
    PrintWriter out = json ? new PrintWriter(Writer.nullWriter()) : result;
    try (Service service =
        Service.start(settings, environment.parts(), spec.commandLine().getErr()::println)) {
      RuntimeClient client = new RuntimeClient(service.address(), Service.credentials(settings));
      out.println("service  " + service.address());
      Demo.Result ran = new Demo(client, out).run(agent, message);
      if (json) {
        result.println(Unprintable.escaped(CanonicalJson.write(json(ran, service.address()))));
        result.flush();
      }
      if (keep) {
        out.println("still serving on " + service.address() + "; Ctrl-C ends it");
        out.flush();
        new CountDownLatch(1).await();
      }
      out.println("the service ends with the demo; --keep leaves it serving");
      return ran.completed() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  private static Json json(Demo.Result ran, URI address) {
    return Json.object()
        .put("service", address.toString())
        .put("runId", ran.runId().toString())
        .put("completed", ran.completed())
        .put("end", ran.end())
        .put("events", ran.events())
        .put("answer", ran.answer())
        .build();
  }
}
