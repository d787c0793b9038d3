package com.openagents.runtime.app.drill;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.identity.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// One who starts runs, talks to them, and believes what is acknowledged. Repeats every call under
/// the same ids until it is answered. For one thread.
final class Customer {

  static final long USER = 1;
  private static final Duration LONGEST_THOUGHT = Duration.ofMillis(120);

  private final Callers callers;
  private final RandomGenerator random;
  private int said;

  Customer(Callers callers, RandomGenerator random) {
    this.callers = callers;
    this.random = random;
  }

  /// A run that waits for the first thing to be done with it.
  static Dealings newRun(String agent) {
    return new Dealings(new RunId(UUID.randomUUID()), agent);
  }

  /// Deals with one new run until all has been said to it; the run may go on after that.
  void deal(Dealings run) {
    boolean session = random.nextInt(10) < 6;
    if (!start(run, session)) {
      return;
    }
    if (session) {
      int messages = random.nextInt(12) == 0 ? 40 : 1 + random.nextInt(6);
      boolean open = true;
      for (int i = 0; i < messages && open; i++) {
        open = message(run);
        think();
      }
      if (open) {
        endSession(run);
      }
    } else if (random.nextInt(4) == 0) {
      think();
      cancel(run);
    }
  }

  private void endSession(Dealings run) {
    if (random.nextInt(5) == 0) {
      cancel(run);
    } else {
      var _ = send(run, "finish", "");
    }
  }

  private boolean message(Dealings run) {
    String type = random.nextInt(8) == 0 ? "note" : "user_message";
    boolean taken = send(run, type, text(run));
    if (taken && random.nextInt(8) == 0) {
      repeat(run);
    }
    return taken;
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
      request.put("firstFrame", frame(run, "f-0", new Dealings.Said("user_message", text(run))));
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
    if (!session) {
      run.acknowledged("f-0");
    }
    return true;
  }

  /// @return whether the run took it; a run that has ended does not
  private boolean send(Dealings run, String type, String text) {
    String frameId = "f-" + (run.sent().size() + 1);
    Json.Obj frame = frame(run, frameId, new Dealings.Said(type, text));
    Optional<Reply> reply =
        callers.call(Call.FRAME, where(run), node -> node.send(run.runId(), frame));
    if (reply.isEmpty()) {
      return false;
    }
    if (reply.get().successful()) {
      run.acknowledged(frameId);
    } else if (reply.get().status() != 409) {
      callers.answers().breach(where(run), "a frame is refused: " + reply.get().problem());
    }
    return reply.get().successful();
  }

  private static Json.Obj frame(Dealings run, String frameId, Dealings.Said said) {
    run.sends(frameId, said);
    return wire(frameId, said);
  }

  private static Json.Obj wire(String frameId, Dealings.Said said) {
    Json.Obj payload =
        said.text().isEmpty() ? Json.Obj.EMPTY : Json.object().put("text", said.text()).build();
    return Json.object()
        .put("frameId", frameId)
        .put("type", said.type())
        .put("payload", payload)
        .build();
  }

  /// Sends what was acknowledged before once more, as a client does that forgot the answer.
  private void repeat(Dealings run) {
    List<String> known = List.copyOf(run.acknowledged());
    String frameId = known.get(random.nextInt(known.size()));
    Dealings.Said as = run.sent().get(frameId);
    if (as == null) {
      throw new IllegalStateException("acknowledged, but never sent: " + frameId);
    }
    Json.Obj frame = wire(frameId, as);
    callers
        .call(Call.FRAME, where(run), node -> node.send(run.runId(), frame))
        .filter(reply -> reply.status() != 200)
        .ifPresent(reply ->
            callers.answers().breach(where(run), "a repeated frame is answered with " + reply));
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
