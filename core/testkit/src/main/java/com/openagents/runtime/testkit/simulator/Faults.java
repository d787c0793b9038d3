package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.testkit.generate.Seeds;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Chooses what happens at each call: the same for the same call, however often it is asked.
@FunctionalInterface
public interface Faults {

  Faults NONE = _ -> Fault.NONE;

  /// A fault that is not possible at the call does not happen.
  Fault at(Call call);

  /// The given fault at the call of that number, and nowhere else.
  static Faults once(long number, Fault fault) {
    return call -> call.number() == number ? fault : Fault.NONE;
  }

  /// What happened in a play, at calls of the same numbers.
  static Faults again(List<Strike> strikes) {
    Map<Long, Fault> byNumber = new HashMap<>();
    strikes.forEach(strike -> byNumber.put(strike.call().number(), strike.fault()));
    return call -> byNumber.getOrDefault(call.number(), Fault.NONE);
  }

  /// Faults of any kind at random calls, and none any more after a while, for all to come to an
  /// end.
  ///
  /// @param everyCall a fault happens at about one in so many calls
  /// @param everyWakeUp and at about one in so many wake-ups, of which there are many
  static Faults random(long seed, int everyCall, int everyWakeUp) {
    Map<Call.Kind, List<Fault>> possible = new EnumMap<>(Call.Kind.class);
    for (Call.Kind kind : Call.Kind.values()) {
      possible.put(kind, Fault.at(kind));
    }
    return call -> {
      RandomGenerator dice = Seeds.random(seed ^ (call.number() * 0xD6E8_FEB8_6659_FD93L));
      boolean wakeUp = call.kind() == Call.Kind.WAKE_UP;
      List<Fault> faults = possible.getOrDefault(call.kind(), List.of());
      return call.number() <= LAST_CALL && dice.nextInt(wakeUp ? everyWakeUp : everyCall) == 0
          ? faults.get(dice.nextInt(faults.size()))
          : Fault.NONE;
    };
  }

  /// The last call at which random faults happen.
  long LAST_CALL = 2_000;
}
