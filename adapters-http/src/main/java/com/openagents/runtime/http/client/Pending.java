package com.openagents.runtime.http.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Blocks whose group is not complete yet: only the last block of a group carries the id.
final class Pending {

  private final List<SseEvent> blocks = new ArrayList<>();

  void add(SseEvent event) {
    if (event.data() != null) {
      blocks.add(event);
    }
  }

  void release(Consumer<SseEvent> each) {
    blocks.forEach(each);
    blocks.clear();
  }
}
