package com.openagents.runtime.testkit.guard;

import java.util.List;
import java.util.stream.Stream;

/// Every known bug.
final class Plants {

  private Plants() {}

  static List<Plant> all() {
    return Stream.of(
            LogPlants.all(),
            LeasePlants.all(),
            LookPlants.all(),
            SidePlants.all(),
            ModelPlants.all(),
            StartPlants.all(),
            TogetherPlants.all(),
            WakePlants.all(),
            WritePlants.all(),
            AcrossPlants.all(),
            RecordPlants.all(),
            AgeingPlants.all())
        .flatMap(List::stream)
        .toList();
  }
}
