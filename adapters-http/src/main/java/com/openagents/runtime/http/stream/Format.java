package com.openagents.runtime.http.stream;

import static com.openagents.runtime.http.exchange.ProblemCode.INVALID_REQUEST;

import com.openagents.runtime.http.exchange.Parameter;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.Query;
import com.openagents.runtime.http.schema.Schema;
import com.openagents.runtime.stream.AgUiMapping;
import com.openagents.runtime.stream.AiSdkMapping;
import com.openagents.runtime.stream.EventsMapping;
import com.openagents.runtime.stream.Mapping;
import java.util.List;

/// A format of streams, as a reader asks for it.
///
/// @param aiSdk whether the AI SDK's protocol is spoken
record Format(Mapping<?> mapping, boolean aiSdk) {

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.query(
              "format",
              "ai-sdk (the default), ag-ui, or events, the raw log.",
              Schema.words(List.of("ai-sdk", "ag-ui", "events"))),
          Parameter.whole(
              "aiSdk", "The major version of the client's AI SDK; 5 when it is left out.", 5, 7));

  /// Refuses a format in a call that is not answered with a stream.
  static void refuse(Query query) {
    for (Parameter parameter : PARAMETERS) {
      if (query.text(parameter.name()) != null) {
        throw Problem.at(INVALID_REQUEST, parameter.name(), "is for Accept: text/event-stream");
      }
    }
  }

  static Format of(Query query) {
    int version = (int) query.number("aiSdk", 5, 7, 5);
    return switch (query.text("format")) {
      case null -> new Format(new AiSdkMapping(version), true);
      case "ai-sdk" -> new Format(new AiSdkMapping(version), true);
      case "ag-ui" -> new Format(new AgUiMapping(), false);
      case "events" -> new Format(new EventsMapping(), false);
      default -> throw Problem.at(INVALID_REQUEST, "format", "one of ai-sdk, ag-ui, events");
    };
  }
}
