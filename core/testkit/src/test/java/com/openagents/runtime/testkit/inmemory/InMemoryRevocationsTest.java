package com.openagents.runtime.testkit.inmemory;

import com.openagents.runtime.inmemory.InMemoryStore;
import com.openagents.runtime.testkit.InMemoryFixture;
import com.openagents.runtime.testkit.PortFixture;
import com.openagents.runtime.testkit.access.RevocationsContract;
import com.openagents.runtime.token.Revocations;

class InMemoryRevocationsTest extends RevocationsContract {
  @Override
  protected PortFixture<Revocations> openRevocations() {
    return InMemoryFixture.of(InMemoryStore::revocations);
  }
}
