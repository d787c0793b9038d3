package com.openagents.runtime.postgres;

import com.openagents.runtime.log.StoreUnavailable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/// Makes the calls of concurrent callers together: while one round is under way, all who come wait
/// for the next.
///
/// A round is made by one of those who wait for it, so there is no thread behind it and nothing to
/// close; who comes alone waits for nobody. Thread-safe.
///
/// @param <T> what a caller asks
/// @param <R> the answer
public final class Gathering<T, R> {

  private final Function<List<T>, List<R>> round;
  private final int together;
  private final Queue<Caller<T, R>> waiting = new ArrayDeque<>();
  private boolean underWay;

  /// @param answer the caller's answer, or nothing when it is to make the next round itself
  private record Caller<T, R>(T asked, CompletableFuture<Optional<R>> answer) {}

  /// @param round answers several, in their order
  /// @param together how many at most
  public Gathering(int together, Function<List<T>, List<R>> round) {
    this.together = together;
    this.round = round;
  }

  /// Waits until its round is over even when the caller is interrupted, for it may be the one to
  /// make it, and others wait for that.
  ///
  /// @throws StoreUnavailable when a round that somebody else made failed
  /// @throws RuntimeException what the round threw, to the one who made it
  public R call(T asked) {
    Caller<T, R> caller = new Caller<>(asked, new CompletableFuture<>());
    boolean interrupted = false;
    try {
      if (!joins(caller)) {
        return lead();
      }
      while (true) {
        try {
          Optional<R> answer = caller.answer().get();
          return answer.isPresent() ? answer.get() : lead();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw new StoreUnavailable("the round of the call failed", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// How many wait for the next round.
  synchronized int waiting() {
    return waiting.size();
  }

  /// @return whether somebody else is at it, so that the caller has to wait
  private synchronized boolean joins(Caller<T, R> caller) {
    waiting.add(caller);
    boolean others = underWay;
    underWay = true;
    return others;
  }

  /// Makes a round for those who wait, of whom the caller is the first.
  private R lead() {
    List<Caller<T, R>> callers = next();
    try {
      List<R> answers = round.apply(callers.stream().map(Caller::asked).toList());
      for (int i = 1; i < callers.size(); i++) {
        callers.get(i).answer().complete(Optional.of(answers.get(i)));
      }
      return answers.getFirst();
    } catch (RuntimeException | Error e) {
      callers.forEach(failed -> failed.answer().completeExceptionally(e));
      throw e;
    } finally {
      pass();
    }
  }

  private synchronized List<Caller<T, R>> next() {
    List<Caller<T, R>> callers = new ArrayList<>();
    while (callers.size() < together && !waiting.isEmpty()) {
      callers.add(waiting.remove());
    }
    return callers;
  }

  /// Lets the first of those who came meanwhile make the next round.
  private synchronized void pass() {
    if (waiting.isEmpty()) {
      underWay = false;
    } else {
      waiting.element().answer().complete(Optional.empty());
    }
  }
}
