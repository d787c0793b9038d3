package com.openagents.runtime.http.client;

import com.openagents.runtime.canon.Json;

/// What the runtime answered.
///
/// @param status the HTTP status
/// @param body the JSON object of the answer; empty when there was none
public record Reply(int status, Json.Obj body) {

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
