package com.openagents.runtime.app.drill;

import com.openagents.runtime.http.client.Reply;
import com.openagents.runtime.http.client.RunStream;
import com.openagents.runtime.http.client.RuntimeUnreachable;
import com.openagents.runtime.http.client.SseEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Reads a run's stream to its end, going on at another node behind what it has whenever a
/// connection is cut. For one thread.
final class Follower {

  private final Callers callers;
  private final Dealings run;
  private final String format;
  private final StringBuilder text = new StringBuilder();
  private long lastSeq;

  Follower(Callers callers, Dealings run, String format) {
    this.callers = callers;
    this.run = run;
    this.format = format;
  }

  /// @return whether the stream came to its end before the drill did
  boolean follow() {
    while (!callers.closed()) {
      try {
        Optional<Reply> refusal = stream().follow(Duration.ZERO, this::take);
        if (refusal.isEmpty()) {
          run.followed(new Dealings.Followed(format, text.toString()));
          return true;
        }
        if (!callers.answers().toRepeat(Call.STREAM, where(), refusal.get())) {
          callers.answers().breach(where(), "its stream is refused: " + refusal.get().problem());
          return false;
        }
      } catch (RuntimeUnreachable e) {
        callers.answers().unanswered();
      } catch (MovingOn e) {
        // The next node goes on behind the last block.
      }
      Callers.pause();
    }
    return false;
  }

  private RunStream stream() {
    RunStream stream = new RunStream(callers.any(), run.runId(), format, this::moveOn);
    return lastSeq == 0 ? stream : stream.after(lastSeq);
  }

  private void take(SseEvent block) {
    Blocks.append(text, block);
    if (block.id() != null) {
      lastSeq = Long.parseLong(block.id());
    }
  }

  /// Instead of a second connection to the same node.
  private void moveOn(Duration pause) {
    LockSupport.parkNanos(pause.toNanos());
    throw new MovingOn();
  }

  private String where() {
    return run.runId().toString();
  }

  private static final class MovingOn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MovingOn() {
      super("the stream goes on at another node", null, false, false);
    }
  }
}
