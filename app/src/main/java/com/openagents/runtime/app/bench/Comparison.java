package com.openagents.runtime.app.bench;

import java.util.ArrayList;
import java.util.List;

/// Something measured in turn with its reference, each time between two looks at it.
///
/// @param ours one rate for each round
/// @param reference what the reference reached around each round
record Comparison(List<Double> ours, List<Double> reference) {

  /// Measures something once.
  @FunctionalInterface
  interface Measure {
    double perSecond() throws Exception;
  }

  /// @param rounds how often ours is measured, at least once
  static Comparison of(int rounds, Measure ours, Measure reference) throws Exception {
    List<Double> rates = new ArrayList<>();
    List<Double> references = new ArrayList<>();
    double before = reference.perSecond();
    for (int round = 0; round < rounds; round++) {
      rates.add(ours.perSecond());
      double after = reference.perSecond();
      references.add((before + after) / 2);
      before = after;
    }
    return new Comparison(rates, references);
  }

  /// How many times the reference's time an operation of ours takes.
  Spread cost() {
    return quotient(reference, ours);
  }

  /// Ours divided by the reference around it.
  Spread ratio() {
    return quotient(ours, reference);
  }

  private static Spread quotient(List<Double> numerators, List<Double> divisors) {
    List<Double> quotients = new ArrayList<>();
    for (int round = 0; round < numerators.size(); round++) {
      quotients.add(numerators.get(round) / divisors.get(round));
    }
    return Spread.of(quotients);
  }
}
