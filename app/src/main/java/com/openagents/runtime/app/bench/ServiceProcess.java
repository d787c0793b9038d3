package com.openagents.runtime.app.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `serve` as a process of its own, with the classes and the options of this one. Thread-safe.
public final class ServiceProcess implements AutoCloseable {

  /// By its name, for the measurements stand below the commands that begin them.
  private static final String MAIN = "com.openagents.runtime.app.Main";

  private static final Pattern LISTENING = Pattern.compile("listening on (http://[^\\s\"]+)");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final URI address;

  private ServiceProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// Starts the service and returns once it listens.
  ///
  /// @param options for its virtual machine, behind those of this one
  /// @param settings all that it has; the environment's are not passed on
  /// @throws IOException when it ends before it listens, or does not listen within 90 seconds
  public static ServiceProcess start(List<String> options, Map<String, String> settings)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(options)).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("OA_"));
    builder.environment().remove("DATABASE_URL");
    builder.environment().putAll(settings);
    Process process = builder.start();
    CompletableFuture<URI> address = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> follow(process, address));
    try {
      return new ServiceProcess(process, address.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IOException("the service did not start", e);
    }
  }

  private static List<String> command(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Machine.options());
    command.addAll(options);
    String classPath = System.getProperty("java.class.path");
    command.addAll(
        classPath.endsWith(".jar") && !classPath.contains(java.io.File.pathSeparator)
            ? List.of("-jar", classPath)
            : List.of("-cp", classPath, MAIN));
    command.add("serve");
    return command;
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
      address.completeExceptionally(new IOException("it ended before it listened:\n" + before));
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
  }

  public URI address() {
    return address;
  }

  public long pid() {
    return process.pid();
  }

  /// SIGKILL; returns when the process is gone.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// SIGTERM; returns the exit status when the process has ended.
  public int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
