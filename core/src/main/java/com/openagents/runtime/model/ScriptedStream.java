package com.openagents.runtime.model;

import com.openagents.runtime.event.MessageEvent.ModelUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// An answer that is known beforehand, told piece by piece. Never idle, never fails.
final class ScriptedStream implements ModelStream {

  private final Iterator<Polled> script;

  ScriptedStream(List<String> pieces, ModelUse use) {
    List<Polled> polled = new ArrayList<>();
    for (String piece : pieces) {
      polled.add(new Text(piece));
    }
    polled.add(new Done(use));
    script = polled.iterator();
  }

  @Override
  public Polled next(Duration wait) {
    return script.hasNext() ? script.next() : IDLE;
  }

  @Override
  public void close() {}

  /// Cuts a text behind each space, as models cut theirs into tokens.
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == ' ' || text.charAt(i) == '\n') {
        words.add(text.substring(start, i + 1));
        start = i + 1;
      }
    }
    if (start < text.length()) {
      words.add(text.substring(start));
    }
    return words;
  }
}
