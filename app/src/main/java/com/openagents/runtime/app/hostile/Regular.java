package com.openagents.runtime.app.hostile;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RunStream;
import com.openagents.runtime.http.client.RuntimeClient;
import com.openagents.runtime.http.client.RuntimeUnreachable;
import com.openagents.runtime.http.client.SseEvent;
import com.openagents.runtime.identity.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// One run that a well-behaved user has: it starts it, reads its stream all along, says some things
/// to it and ends it. Each call is repeated under the same ids until it is served. For one thread.
final class Regular {

  static final long USER = 1;

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final RuntimeClient client;
  private final RunId runId;
  private final Supplier<Ledger> ledger;
  private final BooleanSupplier givesUp;
  private final List<String> said = new ArrayList<>();

  /// @param ledger the page for a call that begins now
  /// @param givesUp whether to wait no longer for what was not served yet
  Regular(RuntimeClient client, RunId runId, Supplier<Ledger> ledger, BooleanSupplier givesUp) {
    this.client = client;
    this.runId = runId;
    this.ledger = ledger;
    this.givesUp = givesUp;
  }

  /// @return what was not as it should be, or empty
  Optional<String> deal(int messages) {
    Optional<String> wrong = call(() -> client.start(start()), 202);
    FutureTask<List<SseEvent>> reading = new FutureTask<>(this::follow);
    Thread reader = Thread.ofVirtual().start(reading);
    for (int i = 1; i <= messages && wrong.isEmpty(); i++) {
      said.add("message %d to %s".formatted(i, runId));
      Json.Obj frame = frame("f-" + i, "user_message", said.getLast());
      wrong = call(() -> client.send(runId, frame), 202);
    }
    if (wrong.isEmpty()) {
      wrong = call(() -> client.send(runId, frame("end", "finish", "")), 202);
    }
    long lastSaid = System.nanoTime();
    Ledger page = ledger.get();
    if (wrong.isPresent()) {
      reader.interrupt();
      return wrong;
    }
    return read(reading, lastSaid, page).or(this::look);
  }

  private Optional<String> read(FutureTask<List<SseEvent>> reading, long lastSaid, Ledger page) {
    try {
      List<SseEvent> blocks = reading.get();
      page.followed(Duration.ofNanos(System.nanoTime() - lastSaid));
      return new Reading(blocks).wrong(said).map(why -> runId + ": " + why);
    } catch (java.util.concurrent.ExecutionException e) {
      return Optional.of(runId + ": its stream: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(runId + ": interrupted");
    }
  }

  private List<SseEvent> follow() {
    List<SseEvent> blocks = new ArrayList<>();
    while (!givesUp.getAsBoolean()) {
      try {
        Optional<Reply> refusal = stream(blocks).follow(Duration.ZERO, blocks::add);
        if (refusal.isEmpty()) {
          return blocks;
        }
        if (!passing(refusal.get())) {
          throw new IllegalStateException("refused: " + refusal.get().problem());
        }
        ledger.get().repeated(Integer.toString(refusal.get().status()));
      } catch (RuntimeUnreachable e) {
        ledger.get().repeated("stream");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new IllegalStateException("it did not come to its end in time");
  }

  private RunStream stream(List<SseEvent> blocks) {
    RunStream stream =
        new RunStream(client, runId, "events", pause -> LockSupport.parkNanos(pause.toNanos()));
    return blocks.isEmpty() ? stream : stream.after(blocks.size());
  }

  private Optional<String> look() {
    String[] status = {""};
    return call(
            () -> {
              Reply reply = client.run(runId);
              status[0] = String.valueOf(reply.body().get("status"));
              return reply;
            },
            200)
        .or(() ->
            status[0].contains("completed")
                ? Optional.empty()
                : Optional.of(runId + ": its snapshot says " + status[0]));
  }

  /// @param first the status when it is served for the first time; 200 says that it was before
  /// @return why it was not served
  private Optional<String> call(Supplier<Reply> attempt, int first) {
    long begin = System.nanoTime();
    Ledger page = ledger.get();
    while (!givesUp.getAsBoolean()) {
      try {
        Reply reply = attempt.get();
        if (reply.status() == first || reply.status() == 200) {
          page.answered(Duration.ofNanos(System.nanoTime() - begin));
          return Optional.empty();
        }
        if (!passing(reply)) {
          return Optional.of(runId + ": answered with " + reply.status() + " " + reply.problem());
        }
        page.repeated(Integer.toString(reply.status()));
      } catch (RuntimeUnreachable e) {
        page.repeated("none");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return Optional.of(runId + ": a call was not served in time");
  }

  private static boolean passing(Reply reply) {
    return reply.status() == 429 || reply.status() == 503;
  }

  private Json.Obj start() {
    return session(runId, USER);
  }

  /// The body that starts a session of `echo`.
  static Json.Obj session(RunId runId, long userId) {
    return Json.object()
        .put("runId", runId.toString())
        .put("threadId", "hostile-" + runId)
        .put("userId", userId)
        .put("authenticatedSession", true)
        .put("toolPolicy", Json.Obj.EMPTY)
        .put("agent", "echo")
        .put("lifecycle", "session")
        .build();
  }

  /// @param text empty for none
  static Json.Obj frame(String frameId, String type, String text) {
    return Json.object()
        .put("frameId", frameId)
        .put("type", type)
        .put("payload", text.isEmpty() ? Json.Obj.EMPTY : Json.object().put("text", text).build())
        .build();
  }
}
