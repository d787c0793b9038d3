package com.openagents.runtime.testkit.guard;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives each test of a suite a fresh store with the bug that the configuration names.
final class PlantedStore implements ParameterResolver {

  static final String BUG = "planted-bug";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Planted.class;
  }

  @Override
  public Planted resolveParameter(ParameterContext parameter, ExtensionContext context) {
    String bug = context.getConfigurationParameter(BUG).orElseThrow();
    Planted planted = new Planted();
    Stream.of(Plants.all(), EmptyStores.all(), List.of(Plant.NONE))
        .flatMap(List::stream)
        .filter(plant -> plant.bug().equals(bug))
        .findFirst()
        .orElseThrow()
        .planting()
        .accept(planted);
    return planted;
  }
}
