package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Ageing;
import java.time.Duration;
import java.util.List;

/// Ageing that asks an honest one, for a bug to be put in between.
class PassedOnAgeing implements Ageing {

  final Ageing honest;

  PassedOnAgeing(Ageing honest) {
    this.honest = honest;
  }

  @Override
  public List<RunId> due(Duration window, int limit) {
    return honest.due(window, limit);
  }

  @Override
  public boolean note(Look look) {
    return honest.note(look);
  }

  @Override
  public int remove(int limit) {
    return honest.remove(limit);
  }
}
