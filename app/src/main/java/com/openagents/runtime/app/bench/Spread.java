package com.openagents.runtime.app.bench;

import java.util.List;
import java.util.Locale;

/// The same thing measured in several rounds.
///
/// @param median of an even number of rounds, the mean of the two in the middle
public record Spread(double median, double min, double max) {

  /// @param values at least one
  public static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    double below = sorted.get((sorted.size() - 1) / 2);
    double above = sorted.get(sorted.size() / 2);
    return new Spread((below + above) / 2, sorted.getFirst(), sorted.getLast());
  }

  /// The least and the greatest value, with two decimals.
  public String range() {
    return String.format(Locale.ROOT, "%.2f..%.2f", min, max);
  }
}
