package com.openagents.runtime.app.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The service as a process of its own, with signals.
final class RuntimeProcess implements AutoCloseable {

  private static final Pattern LISTENING = Pattern.compile("listening on (http://[^\\s\"]+)");

  private final Process process;
  private final URI address;

  private RuntimeProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// Starts `serve` with the classes under test and returns once it listens.
  static RuntimeProcess serve(Map<String, String> settings) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("com.openagents.runtime.app.Main", "serve"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("OA_"));
    builder.environment().remove("DATABASE_URL");
    builder.environment().putAll(settings);
    Process process = builder.start();
    CompletableFuture<URI> address = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> follow(process, address));
    return new RuntimeProcess(process, address.get(90, TimeUnit.SECONDS));
  }

  /// Reads all output, so that the process never blocks on it.
  private static void follow(Process process, CompletableFuture<URI> address) {
    StringBuilder before = new StringBuilder();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          address.complete(URI.create(listening.group(1)));
        } else if (!address.isDone()) {
          before.append(line).append('\n');
        }
      }
      address.completeExceptionally(
          new IllegalStateException("the service ended before it listened:\n" + before));
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
  }

  URI address() {
    return address;
  }

  /// SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// SIGSTOP.
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// SIGCONT.
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /// SIGTERM; returns the exit status.
  int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  private void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("kill -" + name + " failed with status " + status);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
