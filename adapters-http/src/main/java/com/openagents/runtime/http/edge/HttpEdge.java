package com.openagents.runtime.http.edge;

import com.openagents.runtime.http.access.Authentication;
import com.openagents.runtime.http.body.Bodies;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.http.exchange.Route;
import com.openagents.runtime.http.openapi.Describing;
import com.openagents.runtime.identity.Ids;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.util.List;

/// The service's listener. Thread-safe.
public final class HttpEdge implements AutoCloseable {

  private final Javalin javalin;

  private HttpEdge(Javalin javalin) {
    this.javalin = javalin;
  }

  /// Takes a port and begins to serve routes, and the calls that describe them.
  ///
  /// @throws ListenRefused when the port is taken
  public static HttpEdge start(
      EdgeSettings settings,
      List<Route> routes,
      Authentication authentication,
      Ids ids,
      String version,
      Served served) {
    Listening listening = Listening.on(settings);
    try {
      return start(listening, routes, authentication, ids, version, served);
    } catch (RuntimeException e) {
      listening.close();
      throw e;
    }
  }

  /// Begins to serve routes, and the calls that describe them.
  ///
  /// @param listening closed by the edge's end
  /// @param version of the software, for its documents
  /// @param served hears of every call
  /// @throws IllegalArgumentException when callers would be trusted without proof on an address
  ///   that other machines reach
  public static HttpEdge start(
      Listening listening,
      List<Route> routes,
      Authentication authentication,
      Ids ids,
      String version,
      Served served) {
    EdgeSettings settings = listening.settings();
    if (authentication.trusting() && !JettySetup.isLoopback(settings.host())) {
      throw new IllegalArgumentException(
          "without signing keys the service listens on a loopback address only");
    }
    Traces traces = new Traces(ids);
    Timing timing = new Timing(served);
    Origins origins = new Origins(settings.corsOrigins(), authentication.trusting());
    Endpoint.Common common =
        new Endpoint.Common(
            authentication,
            new BodyBudget(settings.limits().bodiesBytesMax()),
            new Intake(settings.limits()),
            new Bodies(),
            traces,
            timing);
    FirstRequest first = new FirstRequest();
    Javalin javalin =
        Javalin.create(config -> {
          configure(config, new JettySetup(listening, ids, first));
          config.routes.before(context -> {
            first.arrived();
            timing.begin(context);
            before(context, traces, origins);
          });
          config.routes.after(_ -> Traces.forget());
          Refusing refusing =
              new Refusing(traces, timing, new Unread(settings.limits().bodyTimeout()));
          config.routes.exception(HttpResponseException.class, refusing::refuse);
          config.routes.exception(Exception.class, refusing::refuse);
          for (Route route : Describing.with(routes, version)) {
            config.routes.addHttpHandler(
                HandlerType.findOrCreate(route.method().name()),
                route.path(),
                new Endpoint(route, common));
          }
        });
    return new HttpEdge(javalin.start());
  }

  private static void configure(JavalinConfig config, JettySetup jetty) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.router.ignoreTrailingSlashes = false;
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    jetty.apply(config.jetty);
  }

  private static void before(Context context, Traces traces, Origins origins) {
    traces.of(context);
    if (origins.answered(context)) {
      context.res().setContentType(null);
      context.res().setStatus(204);
      context.skipRemainingHandlers();
    } else if (context.method().equals(HandlerType.HEAD)) {
      throw new Problem(ProblemCode.METHOD_NOT_ALLOWED, "The service has no HEAD: use GET.");
    }
  }

  /// The port that it listens on.
  public int port() {
    return javalin.port();
  }

  /// Stops listening and breaks what is open.
  @Override
  public void close() {
    javalin.stop();
  }
}
