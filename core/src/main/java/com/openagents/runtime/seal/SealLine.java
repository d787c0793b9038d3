package com.openagents.runtime.seal;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.identity.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The second line of a bundle: what was sealed, and the signature.
record SealLine(SealStatement statement, String signature) {

  /// Returns null when the line is no seal, or not spelled as [Bundle] spells it.
  static @Nullable SealLine of(Json.Obj line) {
    if (!(line.get("seal") instanceof Json.Obj seal)) {
      return null;
    }
    try {
      SealLine read = new SealLine(statement(seal), text(seal, "signature"));
      String spelled = Bundle.sealLine(read.statement, read.signature);
      return spelled.equals(CanonicalJson.write(line)) ? read : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  boolean verifies() {
    return JointSignature.verifies(statement.keyId(), statement.bytes(), signature);
  }

  private static SealStatement statement(Json.Obj seal) {
    return new SealStatement(
        RunId.parse(text(seal, "runId")),
        number(seal, "throughSeq"),
        number(seal, "count"),
        new Digest(text(seal, "head")),
        text(seal, "publicKey"),
        time(seal, "at"));
  }

  static Instant time(Json.Obj line, String name) {
    return Timestamps.read(text(line, name));
  }

  static String text(Json.Obj line, String name) {
    if (line.get(name) instanceof Json.Str(String text)) {
      return text;
    }
    throw new IllegalArgumentException(name + " is not a text");
  }

  static long number(Json.Obj line, String name) {
    if (line.get(name) instanceof Json.Num(double number)
        && number >= 1
        && number == Math.rint(number)) {
      return (long) number;
    }
    throw new IllegalArgumentException(name + " is not a number of events");
  }
}
