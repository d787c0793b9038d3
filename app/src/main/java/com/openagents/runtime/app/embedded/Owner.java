package com.openagents.runtime.app.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/// The process that holds a data directory, as it describes itself in the lock file.
///
/// @param facts by name; what is not known yet is absent
public record Owner(Map<String, String> facts) {
  static final String PID = "pid";
  static final String STARTED = "started";
  static final String DATABASE = "database";
  static final String SERVICE = "service";

  private static final int BYTES_MAX = 4096;

  public Owner {
    facts = Map.copyOf(facts);
  }

  static Owner self() {
    var process = ProcessHandle.current();
    return new Owner(Map.of(PID, Long.toString(process.pid()), STARTED, startOf(process)));
  }

  static Owner read(Path file) throws IOException {
    var properties = new Properties();
    try (var in = Files.newInputStream(file)) {
      properties.load(new StringReader(new String(in.readNBytes(BYTES_MAX), UTF_8)));
    }
    var facts = new TreeMap<String, String>();
    properties.stringPropertyNames().forEach(name -> facts.put(name, properties.getProperty(name)));
    return new Owner(facts);
  }

  Owner with(String name, String value) {
    var more = new TreeMap<>(facts);
    more.put(name, value);
    return new Owner(more);
  }

  String text() {
    var text = new StringBuilder();
    new TreeMap<>(facts)
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return text.toString();
  }

  /// Where its PostgreSQL listens, `host:port`.
  public Optional<String> database() {
    return Optional.ofNullable(facts.get(DATABASE));
  }

  /// Where its HTTP service listens.
  public Optional<String> service() {
    return Optional.ofNullable(facts.get(SERVICE));
  }

  /// Whether the described process lives; one that merely got the same number does not count.
  boolean lives() {
    return process()
        .filter(ProcessHandle::isAlive)
        .filter(process -> startOf(process).equals(facts.get(STARTED)))
        .isPresent();
  }

  private Optional<ProcessHandle> process() {
    var pid = facts.getOrDefault(PID, "");
    return pid.matches("\\d{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }

  @Override
  public String toString() {
    var text = new StringBuilder("process ").append(facts.getOrDefault(PID, "(unknown)"));
    service().ifPresent(address -> text.append(", service at ").append(address));
    database().ifPresent(address -> text.append(", PostgreSQL at ").append(address));
    return text.toString();
  }
}
