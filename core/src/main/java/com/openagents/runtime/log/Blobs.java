package com.openagents.runtime.log;

import com.openagents.runtime.canon.Digest;
import java.util.Optional;

/// Content-addressed payloads that are too large for the log.
///
/// Idempotent: the same bytes have the same digest. Thread-safe; may throw [StoreUnavailable].
public interface Blobs {

  Digest put(byte[] content);

  /// Returns the bytes, whose digest was checked.
  Optional<byte[]> get(Digest digest);
}
