package com.openagents.runtime.seal;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.StoredEvent;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.log.EventLog;
import com.openagents.runtime.log.Seals.Seal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A sealed run as a file: lines of canonical JSON, each ended by a line feed.
///
/// The first line names the form, the second is the seal, and every further line is an event with
/// its hash, by sequence from 1. What a line must be is known from its place, so a damaged line can
/// be named whatever became of it. The same run always gives the same bytes, but for events
/// recorded after its end, which follow.
public final class Bundle {

  static final String HEADER = "{\"bundle\":\"openagents-run\",\"version\":1}";
  private static final int PAGE = 1_000;

  private Bundle() {}

  /// Writes the bundle of a sealed run.
  ///
  /// @throws IllegalArgumentException when an event is missing in the log
  public static void write(EventLog log, RunId runId, Seal seal, OutputStream out)
      throws IOException {
    line(HEADER, out);
    line(sealLine(SealStatement.of(runId, seal), seal.signature()), out);
    Chain chain = Chain.begin(runId);
    List<StoredEvent> page;
    do {
      page = log.read(runId, chain.count(), PAGE);
      for (StoredEvent event : page) {
        chain = chain.next(event);
        line(eventLine(CanonicalJson.write(Chain.envelope(event)), chain.head()), out);
      }
    } while (page.size() == PAGE);
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
