package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.log.Append;
import com.openagents.runtime.testkit.engine.Crash.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Counts the calls of nodes, and ends the node that makes one at which a crash is planned.
final class Crashes {

  private final List<Crash> planned = new ArrayList<>();
  private long calls;
  private long eventsWritten;

  void plan(Crash crash) {
    if (crash != Crash.never()) {
      planned.add(crash);
    }
  }

  /// How many are planned and have not happened.
  int pending() {
    return planned.size();
  }

  long calls() {
    return calls;
  }

  /// How many events the nodes wrote so far.
  long eventsWritten() {
    return eventsWritten;
  }

  <T> T call(Supplier<T> call) {
    return call(List.of(), call);
  }

  <T> T call(List<Append> writes, Supplier<T> call) {
    Call made = new Call(++calls, writes);
    strike(made, true);
    T answer = call.get();
    eventsWritten += writes.stream().mapToLong(write -> write.events().size()).sum();
    strike(made, false);
    return answer;
  }

  /// Each crash happens once.
  private void strike(Call call, boolean beforeEffect) {
    if (planned.removeIf(crash -> crash.strikes(call, beforeEffect))) {
      throw new NodeDown();
    }
  }
}
