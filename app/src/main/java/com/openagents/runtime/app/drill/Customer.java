package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.identity.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// One who starts runs, talks to them, and believes what is acknowledged. Repeats every call under
/// the same ids until it is answered. For one thread.
final class Customer {

  static final long USER = 1;
  private static final Duration LONGEST_THOUGHT = Duration.ofMillis(120);

  private static final int SEVERAL_ONE_IN = 3;
  private static final int FORKS_ONE_IN = 4;

  private final Callers callers;
  private final RandomGenerator random;
  private final Sending sending;
  private int said;

  Customer(Callers callers, RandomGenerator random) {
    this.callers = callers;
    this.random = random;
    this.sending = new Sending(callers, random);
  }

  /// A run that waits for the first thing to be done with it.
  static Dealings newRun(String agent) {
    return new Dealings(new RunId(UUID.randomUUID()), agent);
  }

  /// Deals with one new run until all has been said to it, and sometimes with a fork of it; the
  /// runs may go on after that.
  ///
  /// @param opened is told of a fork before it is asked for
  void deal(Dealings run, Consumer<Dealings> opened) {
    boolean session = random.nextInt(10) < 6;
    if (!start(run, session)) {
      return;
    }
    if (session) {
      int messages = random.nextInt(12) == 0 ? 40 : 1 + random.nextInt(6);
      talk(run, messages);
    } else if (random.nextInt(4) == 0) {
      think();
      cancel(run);
    }
    if (random.nextInt(FORKS_ONE_IN) == 0) {
      fork(run, session, opened);
    }
  }

  /// Forks the run at any place that was told, and goes on with the fork.
  private void fork(Dealings run, boolean session, Consumer<Dealings> opened) {
    think();
    Dealings fork = new Dealings(new RunId(UUID.randomUUID()), run.agent(), run);
    opened.accept(fork);
    long atSeq = 1 + random.nextLong(Math.max(1, run.lastSeq()));
    Optional<Reply> reply =
        callers.call(Call.FORK, where(fork), node -> node.fork(run.runId(), atSeq, fork.runId()));
    if (reply.isEmpty()) {
      return;
    }
    if (!reply.get().successful()) {
      callers.answers().breach(where(fork), "its fork is refused: " + reply.get().problem());
      return;
    }
    fork.forked(LoggedEvent.number(reply.get().body(), "atSeq"));
    if (session) {
      talk(fork, 1 + random.nextInt(3));
    } else {
      var _ = sending.send(fork, new Dealings.Said("user_message", text(fork)));
    }
  }

  private void talk(Dealings run, int messages) {
    boolean open = true;
    for (int i = 0; i < messages && open; i++) {
      open = random.nextInt(SEVERAL_ONE_IN) == 0 ? severalMessages(run) : message(run);
      think();
    }
    if (open) {
      endSession(run);
    }
  }

  private void endSession(Dealings run) {
    if (random.nextInt(5) == 0) {
      cancel(run);
    } else {
      var _ = sending.send(run, new Dealings.Said("finish", ""));
    }
  }

  private boolean message(Dealings run) {
    boolean taken = sending.send(run, something(run));
    if (taken && random.nextInt(8) == 0) {
      sending.repeat(run);
    }
    return taken;
  }

  private boolean severalMessages(Dealings run) {
    List<Dealings.Said> all = new ArrayList<>();
    for (int i = 2 + random.nextInt(3); i > 0; i--) {
      all.add(something(run));
    }
    return sending.sendTogether(run, all);
  }

  private Dealings.Said something(Dealings run) {
    return new Dealings.Said(random.nextInt(8) == 0 ? "note" : "user_message", text(run));
  }

  /// What is said nowhere else, so that its answer is known by its text.
  private String text(Dealings run) {
    said++;
    return "message %d of %s: %s"
        .formatted(said, run.runId(), "word ".repeat(random.nextInt(20)) + "end");
  }

  private boolean start(Dealings run, boolean session) {
    Json.Builder request =
        Json.object()
            .put("runId", run.runId().toString())
            .put("threadId", "drill-" + run.runId())
            .put("userId", USER)
            .put("authenticatedSession", true)
            .put("toolPolicy", Json.Obj.EMPTY)
            .put("agent", run.agent());
    if (session) {
      request.put("lifecycle", "session");
    } else {
      request.put(
          "firstFrame", Sending.frame(run, "f-0", new Dealings.Said("user_message", text(run))));
    }
    Json.Obj body = request.build();
    Optional<Reply> reply = callers.call(Call.START, where(run), node -> node.start(body));
    if (reply.isEmpty()) {
      return false;
    }
    if (!reply.get().successful()) {
      callers.answers().breach(where(run), "its start is refused: " + reply.get().problem());
      return false;
    }
    run.startAcknowledged();
    run.reaches(LoggedEvent.number(reply.get().body(), "lastSeq"));
    if (!session) {
      run.acknowledged("f-0");
    }
    return true;
  }

  private void cancel(Dealings run) {
    callers
        .call(Call.CANCEL, where(run), node -> node.cancel(run.runId(), "the drill asks for it"))
        .ifPresent(reply -> {
          if (reply.status() == 202) {
            run.cancelAccepted();
          } else if (!reply.successful()) {
            callers.answers().breach(where(run), "a cancel is refused: " + reply.problem());
          }
        });
  }

  private void think() {
    LockSupport.parkNanos(random.nextLong(LONGEST_THOUGHT.toNanos()));
  }

  private static String where(Dealings run) {
    return run.runId().toString();
  }
}
