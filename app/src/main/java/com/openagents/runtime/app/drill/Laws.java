package com.openagents.runtime.app.drill;

import java.util.ArrayList;
import java.util.List;

/// Judges the evidence of a run by every law of runs. Pure.
final class Laws {

  private Laws() {}

  static List<Breach> breaches(RunEvidence run) {
    List<Breach> found = new ArrayList<>(LogLaws.breaches(run));
    found.addAll(EffectLaws.breaches(run));
    found.addAll(StreamLaws.breaches(run));
    found.addAll(ForkLaws.breaches(run));
    return found;
  }
}
