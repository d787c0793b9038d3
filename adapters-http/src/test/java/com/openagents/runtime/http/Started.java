package com.openagents.runtime.http;

import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import java.util.UUID;

/// Bodies that start runs in tests.
public final class Started {

  private Started() {}

  /// The id of a run, the same for the same number.
  public static RunId runId(int number) {
    return new RunId(new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L + number));
  }

  /// A run of the echo program on a thread of its own, with a first message.
  public static String echo(int number, String text) {
    return """
    {"runId": "%s", "threadId": "thread-%d", "userId": 1, "toolPolicy": {}, "agent": "echo",
     "firstFrame": {"frameId": "f1", "type": "user_message", "payload": {"text": "%s"}}}
    """
        .formatted(runId(number), number, text);
  }

  /// A run that waits for its first frame.
  public static String idle(int number) {
    return """
    {"runId": "%s", "threadId": "thread-%d", "userId": 1, "toolPolicy": {},
     "agent": "echo", "lifecycle": "session"}
    """
        .formatted(runId(number), number);
  }

  /// The same start, by another.
  static String by(Principal owner, String start) {
    return start.replace(
        "\"userId\": 1",
        switch (owner) {
          case Principal.User(long id) -> "\"userId\": " + id;
          case Principal.Guest(String scope) -> "\"guestScope\": \"" + scope + "\"";
        });
  }

  /// A fork of any run.
  public static String fork(int number, long atSeq) {
    return "{\"atSeq\": %d, \"runId\": \"%s\"}".formatted(atSeq, runId(number));
  }

  public static String frame(String frameId, String text) {
    return """
    {"frameId": "%s", "type": "user_message", "payload": {"text": "%s"}}
    """
        .formatted(frameId, text);
  }

  public static String path(int number) {
    return "/internal/v1/runs/" + runId(number);
  }
}
