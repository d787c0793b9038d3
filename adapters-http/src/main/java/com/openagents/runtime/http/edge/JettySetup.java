package com.openagents.runtime.http.edge;

import com.openagents.runtime.http.edge.EdgeSettings.RequestLimits;
import com.openagents.runtime.identity.Ids;
import io.javalin.config.JettyConfig;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// How Jetty is set up: few platform threads for sockets, a virtual thread for each request, and
/// bounds on what a connection may take.
final class JettySetup {

  private static final int PLATFORM_THREADS_MAX = 16;
  private static final int PLATFORM_THREADS_MIN = 4;
  private static final Duration THREAD_IDLE_MAX = Duration.ofSeconds(60);

  private final EdgeSettings settings;
  private final Listening listening;
  private final Ids ids;
  private final FirstRequest first;

  /// @param listening taken before Jetty starts, whose own failure to do so would be told with
  ///   traces
  JettySetup(Listening listening, Ids ids, FirstRequest first) {
    this.settings = listening.settings();
    this.listening = listening;
    this.ids = ids;
    this.first = first;
  }

  void apply(JettyConfig jetty) {
    // Jetty's own queue starts all of JMX to lay out its memory, a tenth of a second of each start.
    QueuedThreadPool threads =
        new QueuedThreadPool(
            PLATFORM_THREADS_MAX,
            PLATFORM_THREADS_MIN,
            (int) THREAD_IDLE_MAX.toMillis(),
            new LinkedBlockingQueue<>());
    threads.setName("http");
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()));
    jetty.threadPool = threads;
    jetty.modifyServer(server -> {
      server.getBeans(LowResourceMonitor.class).forEach(server::removeBean);
      server.setErrorHandler(new ServerErrors(ids));
    });
    jetty.modifyServletContextHandler(handler -> {
      FilterHolder alone = new FilterHolder(first);
      alone.setAsyncSupported(true);
      handler.addFilter(alone, "/*", EnumSet.of(DispatcherType.REQUEST));
    });
    jetty.modifyHttpConfiguration(this::http);
    jetty.addConnector(this::connector);
  }

  private void http(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(settings.limits().headBytesMax());
    // Every write goes out at once: answers are written in one piece, and streams hold nothing
    // back.
    http.setOutputAggregationSize(0);
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "identifiers-in-paths",
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.AMBIGUOUS_PATH_PARAMETER));
  }

  private Connector connector(Server server, HttpConfiguration http) {
    RequestLimits limits = settings.limits();
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    try {
      connector.open(listening.channel());
    } catch (IOException e) {
      throw new ListenRefused(settings.host(), settings.port(), e);
    }
    connector.setIdleTimeout(limits.idleTimeout().toMillis());
    connector.addBean(new NetworkConnectionLimit(limits.connectionsMax(), connector));
    connector.addBean(
        new HeadDeadline(limits.headTimeout(), limits.connectionsMax(), connector.getScheduler()));
    return connector;
  }

  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no such host: " + host, e);
    }
  }
}
