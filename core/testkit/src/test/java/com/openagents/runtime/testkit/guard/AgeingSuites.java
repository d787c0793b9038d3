package com.openagents.runtime.testkit.guard;

import com.openagents.runtime.testkit.StoreFixture;
import com.openagents.runtime.testkit.log.AgeingContract;
import org.junit.jupiter.api.extension.ExtendWith;

/// The suite of ageing over the store that [PlantedStore] names; run by the guards only.
final class AgeingSuites {

  private AgeingSuites() {}

  @ExtendWith(PlantedStore.class)
  static class AgedPieces extends AgeingContract {
    private final Planted planted;

    AgedPieces(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected StoreFixture openStore() {
      return planted;
    }
  }
}
