package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Service;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Runs the service until it is told to stop.
@Command(
    name = "serve",
    description =
        "Run the service until SIGTERM or Ctrl-C. It then takes on nothing more, gives its runs"
            + " back for other nodes to go on with, and ends within 20 seconds.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  private final Environment environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  ServeCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = environment.settings();
    PrintWriter out = spec.commandLine().getOut();
    Service service =
        Service.start(settings, environment.parts(), spec.commandLine().getErr()::println);
    Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
    if (settings.find(Catalog.SIGNING_KEYS).isEmpty()) {
      out.println("development mode: calls are not signed, and come from this machine only");
    }
    out.println("model: " + Service.describeModel(settings));
    service
        .addressForClients()
        .ifPresent(address -> out.println("clients are served on " + address));
    out.println("listening on " + service.address());
    out.flush();
    new CountDownLatch(1).await();
    return ExitCode.DONE;
  }
}
