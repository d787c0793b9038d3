package com.openagents.runtime.projection;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;

/// What a document is about.
///
/// @param kind `run`, `thread`, …
/// @param id unique within the kind; visible ASCII
public record Entity(String kind, String id) {

  public static final String RUN = "run";
  public static final String THREAD = "thread";

  public static Entity of(RunId runId) {
    return new Entity(RUN, runId.toString());
  }

  public static Entity of(ThreadId threadId) {
    return new Entity(THREAD, threadId.value());
  }
}
