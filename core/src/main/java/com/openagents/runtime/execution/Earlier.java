package com.openagents.runtime.execution;

import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.ThreadLog;
import com.openagents.runtime.run.Utterance;
import java.util.List;
import java.util.Optional;

/// What was said in a thread by other runs than the one that is about to go on.
final class Earlier {

  private static final int UTTERANCES_MAX = 200;

  private Earlier() {}

  static List<Utterance> of(ThreadLog threads, ThreadId threadId, RunId except) {
    return threads.conversation(threadId, UTTERANCES_MAX).stream()
        .filter(stored -> !stored.runId().equals(except))
        .map(stored -> Utterance.of(EventCodec.decode(stored).event()))
        .flatMap(Optional::stream)
        .toList();
  }
}
