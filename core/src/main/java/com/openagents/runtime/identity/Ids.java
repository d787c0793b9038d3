package com.openagents.runtime.identity;

import java.util.UUID;

/// Makes new identifiers: UUID version 7 (RFC 9562), so that they sort by time of creation.
///
/// Thread-safe. The in-memory implementation is deterministic for a seed.
@FunctionalInterface
public interface Ids {
  UUID next();
}
