package com.openagents.runtime.execution;

import com.openagents.runtime.agent.Prompt;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.ThreadLog;
import com.openagents.runtime.run.Trail;
import com.openagents.runtime.run.Utterance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was said in a thread by other runs than the one that is about to go on: the newest of it,
/// as much as a prompt has room for, since every run that is carried out keeps it.
final class Earlier {

  private static final int UTTERANCES_MAX = 200;

  private Earlier() {}

  /// The newest utterance is there however long it is.
  static List<Utterance> of(ThreadLog threads, ThreadId threadId, RunId except) {
    List<Utterance> newestFirst = new ArrayList<>();
    long chars = 0;
    for (StoredEvent stored : threads.conversation(threadId, UTTERANCES_MAX).reversed()) {
      Utterance said = said(stored, except);
      if (said == null) {
        continue;
      }
      chars += said.text().length();
      if (chars > Prompt.CHARS_MAX && !newestFirst.isEmpty()) {
        break;
      }
      newestFirst.add(said);
    }
    return Trail.copyOf(newestFirst.reversed());
  }

  private static @Nullable Utterance said(StoredEvent stored, RunId except) {
    return stored.runId().equals(except)
        ? null
        : Utterance.of(EventCodec.decode(stored).event()).orElse(null);
  }
}
