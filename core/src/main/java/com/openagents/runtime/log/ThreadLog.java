package com.openagents.runtime.log;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.ThreadId;
import java.util.List;
import java.util.Optional;

/// Reads a thread across its runs. Thread-safe; may throw [StoreUnavailable].
public interface ThreadLog {

  /// The principal that first used the thread, or empty when nobody has.
  Optional<Principal> owner(ThreadId threadId);

  /// The newest frames and completed messages of a thread's newest runs, oldest first.
  ///
  /// @param limit at most this many events, of at most this many runs, 1 to 1,000
  List<StoredEvent> conversation(ThreadId threadId, int limit);
}
