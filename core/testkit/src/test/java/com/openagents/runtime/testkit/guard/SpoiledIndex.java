package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.log.RunHead;
import com.openagents.runtime.log.RunIndex;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// An index that asks an honest one, for a bug to be put in between.
class SpoiledIndex implements RunIndex {

  private static final Query ALL = new Query(null, null, null, null, null, 200);

  final RunIndex honest;

  SpoiledIndex(RunIndex honest) {
    this.honest = honest;
  }

  static Plant plant(String bug, Class<?> suite, String caughtBy, UnaryOperator<RunIndex> spoiled) {
    return new Plant(bug, suite, caughtBy, planted -> planted.index = spoiled.apply(planted.index));
  }

  final List<RunHead> everyRun() {
    return honest.list(ALL);
  }

  @Override
  public List<RunHead> list(Query query) {
    return honest.list(query);
  }

  @Override
  public Optional<RunHead> active(ThreadId threadId) {
    return honest.active(threadId);
  }

  @Override
  public List<RunHead> due(int limit) {
    return honest.due(limit);
  }

  @Override
  public List<RunHead> expired(int limit) {
    return honest.expired(limit);
  }

  @Override
  public List<RunId> unsealed(int limit) {
    return honest.unsealed(limit);
  }
}
