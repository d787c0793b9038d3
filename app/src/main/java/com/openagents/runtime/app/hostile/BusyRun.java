package com.openagents.runtime.app.hostile;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.client.RuntimeUnreachable;
import com.openagents.runtime.identity.RunId;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// The attackers' own run: its log is longer than what a reader's buffers take, and somebody talks
/// to it all the time. Its answers come in few large pieces.
final class BusyRun implements AutoCloseable {

  private static final int MESSAGES = 12;
  private static final String LONG_WORDS = ("w".repeat(20_000) + " ").repeat(10);
  private static final Duration BETWEEN = Duration.ofMillis(200);
  private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(2);

  private final RuntimeClient client;
  private final RunId runId;
  private final Thread talker = Thread.ofVirtual().unstarted(this::talk);
  private int said;

  private BusyRun(RuntimeClient client, RunId runId) {
    this.client = client;
    this.runId = runId;
  }

  static BusyRun begin(RuntimeClient client) throws IOException {
    BusyRun run = new BusyRun(client, session(client));
    for (int i = 0; i < MESSAGES; i++) {
      run.say();
    }
    run.awaitAnswers();
    run.talker.start();
    return run;
  }

  /// Starts a session of the attackers.
  static RunId session(RuntimeClient client) throws IOException {
    RunId runId = new RunId(UUID.randomUUID());
    taken(client.start(Regular.session(runId, Quarry.ATTACKER.id())));
    return runId;
  }

  RunId runId() {
    return runId;
  }

  private void say() throws IOException {
    said++;
    taken(client.send(runId, Regular.frame("busy-" + said, "user_message", LONG_WORDS)));
  }

  private static void taken(Reply reply) throws IOException {
    if (!reply.successful()) {
      throw new IOException("the attackers cannot prepare: " + reply.problem());
    }
  }

  private void awaitAnswers() throws IOException {
    long end = System.nanoTime() + ANSWERED_WITHIN.toNanos();
    while (!Json.of("waiting").equals(client.run(runId).body().get("status"))) {
      if (System.nanoTime() > end) {
        throw new IOException("the attackers' run does not come to rest");
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  /// Goes on whatever is answered: under attack it may be anything.
  private void talk() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        said++;
        var _ = client.send(runId, Regular.frame("busy-" + said, "user_message", "go on"));
      } catch (RuntimeUnreachable e) {
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  @Override
  public void close() {
    talker.interrupt();
    try {
      talker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
