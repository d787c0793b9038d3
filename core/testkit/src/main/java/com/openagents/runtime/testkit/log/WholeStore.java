package com.openagents.runtime.testkit.log;

import com.openagents.runtime.testkit.StoreFixture;
import org.junit.jupiter.api.Nested;

/// Every suite that looks at a whole store, in one class to extend: for the author of an adapter.
///
/// Beside it stand the suites of ports that need no runs: [BlobsContract], and those of access.
public abstract class WholeStore {

  /// Opens a store, fresh and empty; each test closes its own.
  protected abstract StoreFixture openStore();

  @Nested
  class AgedPieces extends AgeingContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class Appends extends AppendContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class Batches extends BatchContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class ChangeFeeds extends ChangeFeedContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class SavedFolds extends CheckpointsContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class DueRuns extends DueContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class Forks extends ForkContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class Frames extends FrameContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class FramesTogether extends FramesTogetherContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class Leases extends LeaseContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class LeaseTables extends LeaseTableContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class NodesSeen extends NodesContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class Reads extends ReadContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class Indexes extends RunIndexContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class KeptSeals extends SealsContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class Starts extends StartContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class Threads extends ThreadLogContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }

  @Nested
  class Wakes extends WakeContract {
    @Override
    protected StoreFixture openStore() {
      return WholeStore.this.openStore();
    }
  }
}
