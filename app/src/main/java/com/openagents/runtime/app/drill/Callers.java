package com.openagents.runtime.app.drill;

import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.client.RuntimeUnreachable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// Calls any of the nodes, again and again until one answers. Thread-safe.
final class Callers {

  private static final long PAUSE_MILLIS_MIN = 20;
  private static final long PAUSE_MILLIS_MAX = 200;

  private final List<RuntimeClient> nodes;
  private final Answers answers;
  private volatile boolean closed;

  Callers(List<RuntimeClient> nodes, Answers answers) {
    this.nodes = List.copyOf(nodes);
    this.answers = answers;
  }

  /// A client of some node.
  RuntimeClient any() {
    return nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
  }

  List<RuntimeClient> all() {
    return nodes;
  }

  Answers answers() {
    return answers;
  }

  /// Repeats the same call, at any node, until it has an answer that does not pass; empty when the
  /// drill is over before.
  Optional<Reply> call(Call call, String where, Function<RuntimeClient, Reply> attempt) {
    while (!closed) {
      try {
        Reply reply = attempt.apply(any());
        if (!answers.toRepeat(call, where, reply)) {
          return Optional.of(reply);
        }
      } catch (RuntimeUnreachable e) {
        answers.unanswered();
      }
      pause();
    }
    return Optional.empty();
  }

  static void pause() {
    long millis = ThreadLocalRandom.current().nextLong(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX);
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  boolean closed() {
    return closed;
  }

  /// Lets everyone give up who is still waiting for an answer.
  void close() {
    closed = true;
  }
}
