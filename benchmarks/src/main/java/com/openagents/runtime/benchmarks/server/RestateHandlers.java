package com.openagents.runtime.benchmarks.server;

import dev.restate.sdk.Context;
import dev.restate.sdk.HandlerRunner;
import dev.restate.sdk.endpoint.Endpoint;
import dev.restate.sdk.endpoint.definition.HandlerDefinition;
import dev.restate.sdk.endpoint.definition.HandlerType;
import dev.restate.sdk.endpoint.definition.ServiceDefinition;
import dev.restate.sdk.endpoint.definition.ServiceType;
import dev.restate.sdk.http.vertx.RestateHttpServer;
import dev.restate.serde.jackson.JacksonSerdeFactory;
import java.util.List;

/// The handlers that a Restate server calls: `Work/run` does as many steps as its body says.
public final class RestateHandlers {

  private RestateHandlers() {}

  public static void main(String... arguments) {
    HandlerDefinition<Integer, String> run =
        HandlerDefinition.of(
            "run",
            HandlerType.SHARED,
            JacksonSerdeFactory.DEFAULT.create(Integer.class),
            JacksonSerdeFactory.DEFAULT.create(String.class),
            HandlerRunner.of(
                RestateHandlers::run, JacksonSerdeFactory.DEFAULT, HandlerRunner.Options.DEFAULT));
    int port =
        RestateHttpServer.listen(
            Endpoint.bind(ServiceDefinition.of("Work", ServiceType.SERVICE, List.of(run))), 0);
    IO.println("listening on http://127.0.0.1:" + port);
  }

  private static String run(Context context, Integer steps) {
    String last = "";
    for (int step = 0; step < steps; step++) {
      last = context.run("step", String.class, () -> "hello world");
    }
    return last;
  }
}
