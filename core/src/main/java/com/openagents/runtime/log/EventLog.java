package com.openagents.runtime.log;

import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import java.util.List;
import java.util.Optional;

/// The log of every run, and the row beside it that carries fence and sequence.
///
/// Laws, each proven for every adapter by the contract suite of the testkit:
///
/// - Sequences of a run are 1, 2, 3, … without gap, in the order of commits.
/// - A write whose precondition does not hold changes nothing, ever.
/// - A write that was acknowledged is never lost; one that was not acknowledged may have happened.
/// - One bad write never fails its neighbours in the batch.
/// - Refusals are answered in this order: `UNKNOWN_RUN`, `CONTENDED`, `FOREIGN`, then `Duplicate`
///   or `CONFLICT` of the key, `ENDED`, `FENCED`, `MOVED`, `HELD` and `NOT_HELD`. What a fork
///   copies is judged last: `UNKNOWN_RUN`, `FOREIGN`, `MISSING`, `TOO_LARGE`. What the same batch
///   adds to the original may come before or after.
/// - A fork is whole or it is not there, whoever looks and whenever; its original is not locked.
///
/// Thread-safe. Every method may throw [StoreUnavailable].
public interface EventLog {

  /// Writes several runs' changes in one durable transaction.
  ///
  /// Writes to the same run are applied in the order of the list.
  ///
  /// @return the outcome of each write, in the order of the list
  /// @throws StoreUnavailable when it is not known whether anything was written
  List<Appended> append(List<Append> batch);

  default Appended append(Append write) {
    return append(List.of(write)).getFirst();
  }

  /// Reads a page of a run's events in order of sequence.
  ///
  /// @param after the last sequence already seen, 0 for none
  /// @param limit at most this many events, 1 to 10,000
  List<StoredEvent> read(RunId runId, long after, int limit);

  /// Reads a page without the events that may age out; what folds need.
  List<StoredEvent> readDurable(RunId runId, long after, int limit);

  Optional<RunHead> head(RunId runId);
}
