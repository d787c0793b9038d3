package com.openagents.runtime.postgres.log;

import com.openagents.runtime.canon.Digest;
import java.util.HexFormat;

/// Reads digests, which are stored as 32 bytes.
final class Digests {

  private Digests() {}

  static Digest of(byte[] bytes) {
    return new Digest(HexFormat.of().formatHex(bytes));
  }
}
