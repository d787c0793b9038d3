package com.openagents.runtime.app.machine;

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
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `serve` as a process of its own, with the classes and the options of this one. Thread-safe.
///
/// Where the property `service.arguments` names a file, `java` is given what stands in it for the
/// class path: a build makes one that begins from a cache.
public final class ServiceProcess implements AutoCloseable {

  /// By its name, for this package stands below the commands.
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
    return start(options, settings, _ -> {});
  }

  /// The same, handing on each line that the service prints.
  public static ServiceProcess start(
      List<String> options, Map<String, String> settings, Consumer<String> output)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(options));
    builder.environment().keySet().removeIf(name -> name.startsWith("OA_"));
    builder.environment().remove("DATABASE_URL");
    builder.environment().putAll(settings);
    return start(builder, output);
  }

  /// Starts any process that prints where it listens, as `serve` does.
  ///
  /// @throws IOException when it ends before it listens, or does not listen within 90 seconds
  public static ServiceProcess start(ProcessBuilder builder, Consumer<String> output)
      throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    CompletableFuture<URI> address = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> follow(process, address, output));
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
    command.addAll(program());
    command.add("serve");
    return command;
  }

  private static List<String> program() {
    String arguments = System.getProperty("service.arguments");
    if (arguments != null) {
      return List.of("@" + arguments);
    }
    String classPath = System.getProperty("java.class.path");
    return classPath.endsWith(".jar") && !classPath.contains(java.io.File.pathSeparator)
        ? List.of("-jar", classPath)
        : List.of("-cp", classPath, MAIN);
  }

  /// Reads all output, so that the process never blocks on it.
  private static void follow(
      Process process, CompletableFuture<URI> address, Consumer<String> output) {
    StringBuilder before = new StringBuilder();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.accept(line);
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

  public boolean alive() {
    return process.isAlive();
  }

  /// SIGSTOP: the process stands still, with its connections open.
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// SIGCONT: the process goes on.
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    if (status != 0) {
      throw new IOException("kill -" + name + " failed with status " + status);
    }
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
