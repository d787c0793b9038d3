package com.openagents.runtime.http.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// An issuer on this machine that publishes keys, and can be in every kind of trouble.
public final class TestIssuer implements AutoCloseable {

  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile String discovery;
  private volatile String keys = "{\"keys\":[]}";
  private volatile int status = 200;
  private volatile String location = "";
  private volatile boolean silent;

  public TestIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    discovery = discovery(address().text(), address() + "/keys");
    server.createContext("/.well-known/openid-configuration", http -> answer(http, discovery));
    server.createContext("/keys", http -> answer(http, keys));
    server.createContext("/elsewhere", http -> answer(http, keys));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  static String discovery(String issuer, String jwksUri) {
    return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + jwksUri + "\"}";
  }

  private void answer(HttpExchange http, String body) throws IOException {
    asked.incrementAndGet();
    if (silent) {
      awaitRelease();
    }
    byte[] bytes = body.getBytes(UTF_8);
    try (http) {
      if (!location.isEmpty()) {
        http.getResponseHeaders().add("Location", location);
      }
      http.sendResponseHeaders(status, bytes.length);
      http.getResponseBody().write(bytes);
    }
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public IssuerAddress address() {
    return new IssuerAddress("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Publishes these keys and no others.
  public void publish(TestKey... published) {
    keys = TestKey.document(published);
  }

  /// Publishes this text in the place of keys.
  void publishText(String text) {
    keys = text;
  }

  /// Says this in the place of the discovery document.
  void discover(String text) {
    discovery = text;
  }

  /// Answers everything with this status.
  public void answerWith(int other) {
    status = other;
  }

  void redirectTo(String target) {
    status = 302;
    location = target;
  }

  /// Takes requests and never answers.
  void fallSilent() {
    silent = true;
  }

  /// How many requests came.
  public int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    released.countDown();
    server.stop(0);
  }
}
