package com.openagents.runtime.seal;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is signed before events age out: this run's chain led from one hash over these sequences to
/// another.
///
/// @param before the hash of the event before the range
/// @param head the hash of its last event
/// @param at when it was said, in microseconds
record AgedStatement(
    RunId runId, long from, long through, Digest before, Digest head, String keyId, Instant at) {

  private static final String DOMAIN = "openagents-runtime/aged/1\n";

  static AgedStatement of(Chain before, AgedRange range) {
    return new AgedStatement(
        before.runId(),
        range.from(),
        range.through(),
        before.head(),
        range.head(),
        range.keyId(),
        range.at());
  }

  AgedRange signed(String signature) {
    return new AgedRange(from, through, head, keyId, signature, at);
  }

  /// The bytes that are signed.
  byte[] bytes() {
    return (DOMAIN + CanonicalJson.write(fields().build())).getBytes(StandardCharsets.UTF_8);
  }

  private Json.Builder fields() {
    return Json.object()
        .put("at", at)
        .put("before", before.hex())
        .put("from", from)
        .put("head", head.hex())
        .put("publicKey", keyId)
        .put("runId", runId.toString())
        .put("through", through);
  }

  /// The line of a bundle that stands for the range.
  String line(String signature) {
    Json.Obj aged = fields().put("signature", signature).build();
    return CanonicalJson.write(Json.object().put("aged", aged).build());
  }

  /// Reads that line; null when it is not spelled so, or does not follow the chain.
  static @Nullable AgedRange read(Json.Obj line, Chain before) {
    if (!(line.get("aged") instanceof Json.Obj aged)) {
      return null;
    }
    try {
      AgedRange range =
          new AgedRange(
              SealLine.number(aged, "from"),
              SealLine.number(aged, "through"),
              new Digest(SealLine.text(aged, "head")),
              SealLine.text(aged, "publicKey"),
              SealLine.text(aged, "signature"),
              SealLine.time(aged, "at"));
      String spelled = of(before, range).line(range.signature());
      return spelled.equals(CanonicalJson.write(line)) ? range : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
