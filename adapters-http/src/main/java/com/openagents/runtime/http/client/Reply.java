package com.openagents.runtime.http.client;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonLimits;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// What the runtime answered.
///
/// @param status the HTTP status
/// @param body the JSON object of the answer; empty when there was none
public record Reply(int status, Json.Obj body) {

  private static final int BODY_BYTES_MAX = 64 << 10;

  /// Reads an answer that should be an object, such as a refusal; anything else counts as none.
  public static Reply read(int status, InputStream body) throws IOException {
    String text = new String(body.readNBytes(BODY_BYTES_MAX), StandardCharsets.UTF_8);
    try {
      return new Reply(status, JsonReader.readObject(text, JsonLimits.STORED));
    } catch (JsonRefused e) {
      return new Reply(status, Json.Obj.EMPTY);
    }
  }

  public boolean successful() {
    return status >= 200 && status < 300;
  }

  /// A line for a person: the error's code and message, or the status.
  public String problem() {
    return body.get("error") instanceof Json.Obj error
            && error.get("code") instanceof Json.Str(String code)
            && error.get("message") instanceof Json.Str(String message)
        ? code + ": " + message
        : "HTTP status " + status;
  }
}
