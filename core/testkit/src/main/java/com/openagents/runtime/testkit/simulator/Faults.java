package com.openagents.runtime.testkit.simulator;

import java.util.List;
import java.util.random.RandomGenerator;

/// Chooses what happens at each call.
@FunctionalInterface
public interface Faults {

  Faults NONE = _ -> Fault.NONE;

  Fault at(Call call);

  /// The given fault at the call of that number, and nowhere else.
  static Faults once(long number, Fault fault) {
    return call -> call.number() == number ? fault : Fault.NONE;
  }

  /// Up to `most` faults of any kind, each at about one in `every` calls.
  static Faults random(RandomGenerator random, int every, int most) {
    return new Faults() {
      private final List<Fault> all = List.of(Fault.values());
      private int left = most;

      @Override
      public Fault at(Call call) {
        if (left == 0 || random.nextInt(every) > 0) {
          return Fault.NONE;
        }
        Fault fault = all.get(random.nextInt(all.size()));
        boolean possible = call.allows(fault);
        left -= possible && fault != Fault.NONE ? 1 : 0;
        return possible ? fault : Fault.NONE;
      }
    };
  }
}
