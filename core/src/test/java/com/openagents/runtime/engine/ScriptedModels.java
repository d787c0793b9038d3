package com.openagents.runtime.engine;

import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.inmemory.VirtualTime;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.Models;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A model that answers each call with the next script, beat by beat, on virtual time.
///
/// Between its words it can fall silent, let something happen elsewhere, or take the process that
/// listens down with it. A call for which there is no script gets the answer `ok`.
public final class ScriptedModels implements Models {

  /// The end of a process: nothing of the runtime catches it, so nothing more is written.
  public static final class Killed extends VirtualMachineError {
    private static final long serialVersionUID = 1L;
  }

  /// One thing that a stream does when it is polled.
  @FunctionalInterface
  public interface Beat {
    ModelStream.Polled play(Duration patience);
  }

  private static final ModelUse USE = new ModelUse("scripted", "scripted-1", "stop", 3L, 5L);

  private final VirtualTime time;
  private final Deque<List<Beat>> scripts = new ArrayDeque<>();
  private final List<ModelRequest> asked = new ArrayList<>();
  private int open;

  ScriptedModels(VirtualTime time) {
    this.time = time;
  }

  /// Answers the next call that has no script yet.
  public void answers(Beat... beats) {
    scripts.add(List.of(beats));
  }

  public static Beat says(String text) {
    return _ -> new ModelStream.Text(text);
  }

  public static Beat thinks(String text) {
    return _ -> new ModelStream.Reasoning(text);
  }

  public static Beat ends() {
    return _ -> new ModelStream.Done(USE);
  }

  public static Beat fails(String errorClass, String message) {
    return _ -> new ModelStream.Failed(errorClass, message, false);
  }

  /// Fails in a way that asking again may help.
  public static Beat breaksOff() {
    return _ -> new ModelStream.Failed("unavailable", "broke the answer off", true);
  }

  /// Says nothing for as long as the listener has patience.
  public Beat waits() {
    return patience -> {
      time.advance(patience);
      return ModelStream.IDLE;
    };
  }

  /// Says nothing for exactly this long, whatever the patience.
  public Beat waits(Duration pause) {
    return _ -> {
      time.advance(pause);
      return ModelStream.IDLE;
    };
  }

  /// Says nothing while something happens elsewhere.
  public static Beat meanwhile(Runnable happens) {
    return _ -> {
      happens.run();
      return ModelStream.IDLE;
    };
  }

  /// Lets something happen just before the model says the given.
  public static Beat during(Runnable happens, Beat said) {
    return patience -> {
      happens.run();
      return said.play(patience);
    };
  }

  /// Kills the process that listens.
  public static Beat dies() {
    return _ -> {
      throw new Killed();
    };
  }

  /// Every request so far, oldest first.
  public List<ModelRequest> asked() {
    return List.copyOf(asked);
  }

  /// How many streams are open.
  public int open() {
    return open;
  }

  @Override
  public ModelStream open(ModelRequest request) {
    asked.add(request);
    open++;
    List<Beat> script = scripts.poll();
    return new Playing(script == null ? List.of(says("ok"), ends()) : script);
  }

  private final class Playing implements ModelStream {
    private final Deque<Beat> beats;
    private boolean closed;

    Playing(List<Beat> beats) {
      this.beats = new ArrayDeque<>(beats);
    }

    @Override
    public Polled next(Duration wait) {
      Beat beat = beats.poll();
      if (beat == null) {
        throw new IllegalStateException("the script has ended and the stream is still polled");
      }
      return beat.play(wait);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        open--;
      }
    }
  }
}
