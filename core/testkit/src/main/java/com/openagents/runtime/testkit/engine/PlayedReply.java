package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.testkit.engine.Reply.Beat;
import com.openagents.runtime.testkit.engine.Reply.Does;
import com.openagents.runtime.testkit.engine.Reply.Fails;
import com.openagents.runtime.testkit.engine.Reply.Says;
import com.openagents.runtime.testkit.engine.Reply.Thinks;
import com.openagents.runtime.testkit.engine.Reply.Waits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A reply on its way to the executor that listens.
final class PlayedReply implements ModelStream {

  private static final ModelUse USE = new ModelUse("fake", "fake-1", "stop", null, null);

  private final Deque<Beat> beats;
  private final List<Beat> heard = new ArrayList<>();
  private final Consumer<Duration> pass;
  private final TestCode testCode;
  private boolean failed;
  private boolean over;

  PlayedReply(Reply reply, Consumer<Duration> pass, TestCode testCode) {
    this.beats = new ArrayDeque<>(reply.beats());
    this.pass = pass;
    this.testCode = testCode;
  }

  /// The same reply for whoever asks again, without what it has done; empty when it has failed.
  Optional<Reply> again() {
    List<Beat> whole = new ArrayList<>(heard);
    whole.addAll(beats);
    return failed ? Optional.empty() : Optional.of(Reply.of(whole));
  }

  @Override
  public Polled next(Duration wait) {
    if (over) {
      return IDLE;
    }
    Beat beat = beats.poll();
    return switch (beat) {
      case null -> {
        over = true;
        yield new Done(USE);
      }
      case Says(var text) -> {
        heard.add(beat);
        yield text;
      }
      case Thinks(var reasoning) -> {
        heard.add(beat);
        yield reasoning;
      }
      case Waits(var time) -> waits(time, wait);
      case Does(var what) -> {
        testCode.run(what);
        yield IDLE;
      }
      case Fails(var failure) -> {
        failed = true;
        over = true;
        yield failure;
      }
    };
  }

  /// Waits no longer than the listener does; what is left of the time comes next.
  private Polled waits(Duration time, Duration patience) {
    boolean longer = time.compareTo(patience) > 0;
    Duration passed = longer ? patience : time;
    heard.add(new Waits(passed));
    pass.accept(passed);
    if (longer) {
      beats.addFirst(new Waits(time.minus(patience)));
    }
    return IDLE;
  }

  @Override
  public void close() {
    over = true;
  }
}
