package com.openagents.runtime.seal;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.Seals.Seal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// What a seal's signature says: this run's chain over so many events ended in this hash.
///
/// @param at when it was said, in microseconds
record SealStatement(
    RunId runId, long throughSeq, long count, Digest head, String keyId, Instant at) {

  private static final String DOMAIN = "openagents-runtime/seal/1\n";

  static SealStatement of(RunId runId, Seal seal) {
    return new SealStatement(
        runId, seal.throughSeq(), seal.count(), seal.head(), seal.keyId(), seal.at());
  }

  Seal signed(String signature) {
    return new Seal(throughSeq, count, head, keyId, signature, at);
  }

  /// The bytes that are signed.
  byte[] bytes() {
    return (DOMAIN + CanonicalJson.write(fields().build())).getBytes(StandardCharsets.UTF_8);
  }

  Json.Builder fields() {
    return Json.object()
        .put("at", at)
        .put("count", count)
        .put("head", head.hex())
        .put("publicKey", keyId)
        .put("runId", runId.toString())
        .put("throughSeq", throughSeq);
  }
}
