package com.openagents.runtime.testkit.inmemory;

import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.log.Blobs;
import com.openagents.runtime.testkit.InMemoryFixture;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.log.BlobsContract;

class InMemoryBlobsTest extends BlobsContract {
  @Override
  protected PortFixture<Blobs> openBlobs() {
    return InMemoryFixture.of(InMemoryStore::blobs);
  }
}
