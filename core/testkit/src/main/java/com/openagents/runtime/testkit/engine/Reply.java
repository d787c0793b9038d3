package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.model.ModelStream.Failed;
import com.openagents.runtime.model.ModelStream.Reasoning;
import com.openagents.runtime.model.ModelStream.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How a fake model answers one question, piece by piece. It ends well unless it fails. Immutable.
public final class Reply {

  /// One thing that happens while a model answers.
  sealed interface Beat {}

  record Says(Text text) implements Beat {}

  record Thinks(Reasoning reasoning) implements Beat {}

  record Waits(Duration time) implements Beat {}

  record Does(Runnable what) implements Beat {}

  record Fails(Failed failure) implements Beat {}

  private static final Reply EMPTY = of(List.of());

  private final List<Beat> beats;

  private Reply(List<Beat> beats) {
    this.beats = List.copyOf(beats);
  }

  static Reply of(List<Beat> beats) {
    return new Reply(beats);
  }

  public static Reply saying(String text) {
    return EMPTY.thenSays(text);
  }

  public static Reply thinking(String text) {
    return EMPTY.thenThinks(text);
  }

  /// Says nothing at first.
  public static Reply silentFor(Duration time) {
    return EMPTY.thenWaits(time);
  }

  /// @param errorClass one of those of [Failed]
  public static Reply failing(String errorClass, String message) {
    return EMPTY.thenFails(errorClass, message);
  }

  public Reply thenSays(String text) {
    return then(new Says(new Text(text)));
  }

  public Reply thenThinks(String text) {
    return then(new Thinks(new Reasoning(text)));
  }

  /// Lets virtual time pass in silence; the executor keeps its lease alive meanwhile.
  public Reply thenWaits(Duration time) {
    return then(new Waits(time));
  }

  /// Lets something happen in mid-answer: a message comes, somebody cancels, the node goes down, an
  /// assertion is made. What it throws ends the node and is thrown to the test by
  /// [TestRuntime#settle].
  public Reply thenDoes(Runnable what) {
    return then(new Does(what));
  }

  /// Breaks off, in a way that asking again may help.
  public Reply thenBreaksOff() {
    return then(new Fails(new Failed("unavailable", "the answer broke off", true)));
  }

  public Reply thenFails(String errorClass, String message) {
    return then(new Fails(new Failed(errorClass, message, false)));
  }

  private Reply then(Beat beat) {
    List<Beat> more = new ArrayList<>(beats);
    more.add(beat);
    return of(more);
  }

  List<Beat> beats() {
    return beats;
  }
}
