package com.openagents.runtime.http.run;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import com.openagents.runtime.run.FrameType;
import java.util.List;

/// What the payload of a frame must have, by the frame's type. Further fields are free.
final class FramePayloads {

  private final String at;
  private final Json.Obj payload;

  private FramePayloads(String at, Json.Obj payload) {
    this.at = at;
    this.payload = payload;
  }

  /// @param at where the payload stands in the body
  /// @throws Problem when the payload lacks something; types that only an agent knows are free
  static void check(String type, Json.Obj payload, String at) {
    FramePayloads checked = new FramePayloads(at, payload);
    FrameType.named(type).ifPresent(checked::check);
  }

  private void check(FrameType type) {
    switch (type) {
      case USER_MESSAGE -> message();
      case TOOL_APPROVAL -> {
        text("approvalId");
        if (!(payload.get("approved") instanceof Json.Bool)) {
          throw unacceptable("approved", "is not true or false");
        }
        reasonIfAny();
      }
      case TOOL_RESULT -> {
        text("toolCallId");
        if ((payload.get("output") == null) == (payload.get("error") == null)) {
          throw unacceptable("output", "or error is there, and not both");
        }
      }
      case SIGNAL -> text("name");
      case TICK -> {
        text("scheduleId");
        text("dueAt");
      }
      case CANCEL, FINISH, FAIL -> reasonIfAny();
      case NOTE -> text("text");
    }
  }

  private void message() {
    Json parts = payload.get("parts");
    if ((payload.get("text") == null) == (parts == null)) {
      throw unacceptable("text", "or parts is there, and not both");
    }
    if (parts == null) {
      text("text");
    } else if (parts instanceof Json.Arr(List<Json> items) && !items.isEmpty()) {
      for (int i = 0; i < items.size(); i++) {
        part(items.get(i), at + "/parts/" + i);
      }
    } else {
      throw unacceptable("parts", "is not a list of parts");
    }
  }

  private static void part(Json part, String at) {
    if (part instanceof Json.Obj fields && fields.get("type") instanceof Json.Str(String type)) {
      FramePayloads checked = new FramePayloads(at, fields);
      switch (type) {
        case "text" -> checked.text("text");
        case "file" -> checked.text("url");
        default -> throw checked.unacceptable("type", "is not text or file");
      }
    } else {
      throw Problem.at(ProblemCode.UNPROCESSABLE, at, "is not a part with a type");
    }
  }

  private void text(String name) {
    if (!(payload.get(name) instanceof Json.Str(String text)) || text.isEmpty()) {
      throw unacceptable(name, "is not a text");
    }
  }

  /// A reason is kept in events of its own, so it is as short as that of the call.
  private void reasonIfAny() {
    Json value = payload.get("reason");
    boolean absent = value == null || value instanceof Json.Null;
    boolean text = value instanceof Json.Str(String given) && given.length() <= Forms.REASON_MAX;
    if (!absent && !text) {
      throw unacceptable("reason", "is not a text of at most 1000 characters");
    }
  }

  private Problem unacceptable(String name, String reason) {
    return Problem.at(ProblemCode.UNPROCESSABLE, at + "/" + name, reason);
  }
}
