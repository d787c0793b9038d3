package com.openagents.runtime.app.bench;

import java.util.List;
import java.util.Locale;

/// The same thing measured in several rounds.
///
/// @param median of an even number of rounds, the higher of the two in the middle
public record Spread(double median, double min, double max) {

  /// @param values at least one
  public static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return new Spread(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
  }

  /// The least and the greatest value, with two decimals.
  public String range() {
    return String.format(Locale.ROOT, "%.2f..%.2f", min, max);
  }
}
