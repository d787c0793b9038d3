package com.openagents.runtime.intake;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.log.Appended;
import java.util.function.Function;

/// Makes the write that starts a run: alone, or joined with the first step of an executor that is
/// at hand, so that one commit does both.
///
/// Thread-safe; may throw [com.openagents.runtime.log.StoreUnavailable].
@FunctionalInterface
public interface Starter {

  /// Leaves the new run to whoever takes it first.
  Starter ALONE = (creation, write) -> write.apply(creation);

  /// @param creation what starts the run
  /// @param write makes one write durable; to be called once, with the creation or with a write
  ///   that holds it
  /// @return what the write was answered
  Appended start(Append creation, Function<Append, Appended> write);
}
