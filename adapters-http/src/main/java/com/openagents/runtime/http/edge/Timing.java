package com.openagents.runtime.http.edge;

import com.openagents.runtime.http.exchange.Route;
import io.javalin.http.Context;
import java.time.Duration;

/// Tells of each call once, when it is answered.
final class Timing {

  private static final String BEGUN = "begun";
  private static final String ROUTE = "route";

  private final Served served;

  Timing(Served served) {
    this.served = served;
  }

  void begin(Context context) {
    context.attribute(BEGUN, System.nanoTime());
  }

  void leadsTo(Route route, Context context) {
    context.attribute(ROUTE, route.method() + " " + route.path());
  }

  void refused(Context context, String limit) {
    served.refused(route(context), limit);
  }

  void answered(Context context, int status) {
    Long begun = context.attribute(BEGUN);
    if (begun != null) {
      context.attribute(BEGUN, null);
      served.served(route(context), status, Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private static String route(Context context) {
    String route = context.attribute(ROUTE);
    return route == null ? "none" : route;
  }
}
