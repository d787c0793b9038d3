package com.openagents.runtime.app.hostile;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What attackers of one kind did and what they got. Thread-safe.
final class Tally {

  private final LongAdder connections = new LongAdder();
  private final LongAdder requests = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder closed = new LongAdder();
  private final LongAdder held = new LongAdder();
  private final AtomicReference<@Nullable Throwable> brokenOff = new AtomicReference<>();
  private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();

  void connected() {
    connections.increment();
  }

  void requested() {
    requests.increment();
  }

  void sent(int count) {
    bytes.add(count);
  }

  void answered(int status) {
    statuses.computeIfAbsent(status, _ -> new LongAdder()).increment();
  }

  /// The service ended a connection.
  void closed() {
    closed.increment();
  }

  /// A connection was still open when the attack was over.
  void held() {
    held.increment();
  }

  /// An attacker could not go on, for a reason that does not lie with the service.
  void brokeOff(Throwable cause) {
    brokenOff.compareAndSet(null, cause);
  }

  /// Why the first attacker that could not go on did not.
  Optional<Throwable> brokenOff() {
    return Optional.ofNullable(brokenOff.get());
  }

  long connections() {
    return connections.sum();
  }

  long requests() {
    return requests.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  long closedByService() {
    return closed.sum();
  }

  long heldToTheEnd() {
    return held.sum();
  }

  Map<Integer, Long> statuses() {
    Map<Integer, Long> all = new TreeMap<>();
    statuses.forEach((status, count) -> all.put(status, count.sum()));
    return all;
  }
}
