package com.openagents.runtime.http.model;

import com.openagents.runtime.http.model.Attempt.Broken;
import com.openagents.runtime.http.model.Attempt.Bytes;
import com.openagents.runtime.http.model.Attempt.End;
import com.openagents.runtime.http.model.Attempt.GivenUp;
import com.openagents.runtime.http.model.Attempt.Head;
import com.openagents.runtime.http.model.Attempt.Signal;
import com.openagents.runtime.model.ModelStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One call of a provider, with its retries, driven by whoever pulls: it has no thread of its own.
///
/// An attempt that failed is repeated only while nothing of an answer has been told.
final class ChatStream implements ModelStream {

  private final ChatEndpoint endpoint;
  private final Supplier<Attempt> begin;
  private volatile Attempt attempt;
  private volatile boolean givenUp;
  private volatile @Nullable Polled end;

  private int attempts = 1;
  private Answer answer;
  private @Nullable Refusal refusal;
  private @Nullable Trouble trouble;
  private boolean pausing;
  private boolean spoken;
  private long deadline;

  ChatStream(ChatEndpoint endpoint, Supplier<Attempt> begin) {
    this.endpoint = endpoint;
    this.begin = begin;
    this.answer = new Answer(endpoint);
    this.attempt = begin.get();
    this.deadline = nanosIn(endpoint.patience().response());
  }

  @Override
  public Polled next(Duration wait) {
    long until = nanosIn(wait);
    Polled ended = end;
    while (ended == null) {
      Polled said = givenUp ? givenUp() : advance(until);
      if (said != null) {
        return said;
      }
      ended = end;
    }
    return ended;
  }

  /// Does one thing: tells what is understood, deals with trouble, or waits for what comes.
  private @Nullable Polled advance(long until) {
    Polled said = answer.take();
    if (said != null) {
      return told(said);
    }
    if (trouble != null) {
      settle(trouble);
      return null;
    }
    long now = System.nanoTime();
    try {
      Signal signal = attempt.await(Math.min(until - now, deadline - now));
      if (signal != null) {
        receive(signal);
      } else if (System.nanoTime() - deadline >= 0) {
        deadlinePassed();
      } else {
        return IDLE;
      }
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return IDLE;
    }
  }

  private Polled told(Polled said) {
    spoken = true;
    if (said instanceof Done) {
      end = said;
      attempt.drain();
    }
    return said;
  }

  private void receive(Signal signal) {
    if (pausing) {
      return;
    }
    switch (signal) {
      case Head(int status, _) when status != 200 -> refusal = new Refusal(endpoint, (Head) signal);
      case Head(_, var headers) -> {
        if (headers.firstValue("Content-Type").orElse("").startsWith("application/json")) {
          trouble = Trouble.malformed(endpoint.provider(), "answered without streaming");
        }
      }
      case Bytes(var buffers) -> bytes(buffers);
      case End() -> trouble = refusal == null ? answer.end().orElse(null) : refusal.trouble();
      case Broken(var cause) ->
          trouble =
              refusal == null ? Trouble.ofException(endpoint.provider(), cause) : refusal.trouble();
      case GivenUp() -> {}
    }
    deadline = nanosIn(endpoint.patience().idle());
  }

  private void bytes(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      Optional<Trouble> found = refusal == null ? answer.feed(buffer) : refusal.feed(buffer);
      if (found.isPresent()) {
        trouble = found.get();
        return;
      }
    }
    attempt.more();
  }

  private void deadlinePassed() {
    if (pausing) {
      again();
    } else if (refusal != null) {
      trouble = refusal.trouble();
    } else {
      trouble = Trouble.timeout(endpoint.provider(), "has been silent for too long");
    }
  }

  private void settle(Trouble happened) {
    attempt.cancel();
    trouble = null;
    Optional<Duration> pause =
        spoken
            ? Optional.empty()
            : Backoff.pause(endpoint.patience(), attempts, happened, ThreadLocalRandom.current());
    if (pause.isPresent()) {
      pausing = true;
      deadline = nanosIn(pause.get());
    } else {
      end = happened.failed();
    }
  }

  private void again() {
    attempts++;
    pausing = false;
    refusal = null;
    answer = new Answer(endpoint);
    attempt = begin.get();
    deadline = nanosIn(endpoint.patience().response());
    if (givenUp) {
      attempt.cancel();
    }
  }

  private Polled givenUp() {
    Failed failed = new Failed("unavailable", "the call was given up", true);
    end = failed;
    return failed;
  }

  private static long nanosIn(Duration duration) {
    return System.nanoTime() + duration.toNanos();
  }

  /// An answer that came to its end keeps its connection; any other loses it.
  @Override
  public void close() {
    if (!(end instanceof Done)) {
      givenUp = true;
      attempt.giveUp();
    }
  }
}
