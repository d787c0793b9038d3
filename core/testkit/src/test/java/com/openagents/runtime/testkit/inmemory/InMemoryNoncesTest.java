package com.openagents.runtime.testkit.inmemory;

import com.openagents.runtime.access.Nonces;
import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.testkit.InMemoryFixture;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.access.NoncesContract;

class InMemoryNoncesTest extends NoncesContract {
  @Override
  protected PortFixture<Nonces> openNonces() {
    return InMemoryFixture.of(InMemoryStore::nonces);
  }
}
