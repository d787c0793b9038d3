package com.openagents.runtime.stream;

/// One thing that a format shows: JSON on one line.
public record Chunk(String json) {

  public Chunk {
    if (json.indexOf('\n') >= 0 || json.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("a chunk is one line");
    }
  }
}
