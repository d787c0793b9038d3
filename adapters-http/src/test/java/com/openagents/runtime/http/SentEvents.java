package com.openagents.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;

/// The grammar of the runtime's streams of server-sent events, line by line.
final class SentEvents {

  private static final String END = "data: [DONE]";

  private SentEvents() {}

  /// Holds a stream that has ended cleanly against it.
  ///
  /// @param saysDone whether the format ends with a word of its own
  /// @param data takes the JSON of each block
  static void check(String stream, boolean saysDone, Consumer<String> data) {
    assertThat(stream).as("the end of a stream").endsWith("\n\n");
    assertThat(stream.endsWith("\n\n" + END + "\n\n")).as("its last word").isEqualTo(saysDone);
    long last = 0;
    for (String line : stream.split("\n", -1)) {
      if (line.startsWith("id: ")) {
        long id = Long.parseLong(line.substring(4));
        assertThat(id).as("ids leave no gap").isEqualTo(last == 0 ? id : last + 1);
        last = id;
      } else if (line.startsWith("data: ") && !line.equals(END)) {
        data.accept(line.substring(6));
      } else {
        assertThat(line).as("a line of a stream").matches("|:.*|retry: \\d+|data: \\[DONE]");
      }
    }
  }
}
