package com.openagents.runtime.benchmarks.http;

/// What a server answered, its body read to the end.
public record Answer(int status, String body) {

  /// @throws IllegalStateException when the server did not do what it was asked for
  public Answer successful() {
    if (status < 200 || status > 299) {
      throw new IllegalStateException("a request was refused: " + status + " " + body);
    }
    return this;
  }
}
