package com.openagents.runtime.seal;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.AgedRange;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Seals;
import com.openagents.runtime.log.Seals.Seal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A sealed run as a file: lines of canonical JSON, each ended by a line feed.
///
/// The first line names the form, the second is the seal, and every further line is the next event
/// with its hash, or stands for the next events that aged out. What a line must be is known from
/// those before it, so a damaged line can be named whatever became of it. The same run always gives
/// the same bytes, but for what ages, and for events recorded after its end, which follow.
public final class Bundle {

  private Bundle() {}

  /// Writes the bundle of a sealed run.
  ///
  /// @throws Links.Missing when the log lacks an event that is not noted as aged
  public static void write(EventLog log, Seals seals, RunId runId, Seal seal, OutputStream out)
      throws IOException {
    line(header(version(seal.signature())), out);
    line(sealLine(SealStatement.of(runId, seal), seal.signature()), out);
    Links links = new Links(log, seals, Chain.begin(runId));
    for (Links.@Nullable Link link = links.next(); link != null; link = links.next()) {
      line(line(link, links.chain()), out);
    }
  }

  /// The first line of a bundle of a version.
  static String header(int version) {
    return "{\"bundle\":\"openagents-run\",\"version\":" + version + "}";
  }

  /// The version of a bundle whose seal has this signature: 1 when it is over the seal alone, and 2
  /// when it is over others, too, which verifiers of version 1 do not know.
  static int version(String signature) {
    return JointSignature.isJoint(signature) ? 2 : 1;
  }

  private static String line(Links.Link link, Chain after) {
    return switch (link) {
      case Links.Written(var event) ->
          eventLine(CanonicalJson.write(Chain.envelope(event)), after.head());
      case Links.Aged(AgedRange range, Chain before) ->
          AgedStatement.of(before, range).line(range.signature());
    };
  }

  static String sealLine(SealStatement statement, String signature) {
    Json.Obj seal = statement.fields().put("signature", signature).build();
    return CanonicalJson.write(Json.object().put("seal", seal).build());
  }

  static String eventLine(String envelope, Digest hash) {
    return "{\"event\":" + envelope + ",\"hash\":\"" + hash.hex() + "\"}";
  }

  private static void line(String text, OutputStream out) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
