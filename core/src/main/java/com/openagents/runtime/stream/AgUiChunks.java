package com.openagents.runtime.stream;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.MessageEvent.ModelUse;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.identity.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events of AG-UI 1.0, with the fields that its schema has and no others.
///
/// Messages and tool calls are looked up by id in a whole conversation there, while the log's ids
/// are unique in a run: so every id begins with the run's.
///
/// @param runId the run that the events are of
record AgUiChunks(RunId runId) {

  /// The id of a message or tool call.
  String named(String id) {
    return runId + "." + id;
  }

  static Chunk runStarted(String threadId, String agUiRunId) {
    return ChunkWriter.ofType("RUN_STARTED")
        .put("threadId", threadId)
        .put("runId", agUiRunId)
        .put("protocolVersion", "1.0")
        .chunk();
  }

  static Chunk runFinished(
      String threadId, String agUiRunId, Json.Obj outcome, Json.@Nullable Arr usage) {
    ChunkWriter writer =
        ChunkWriter.ofType("RUN_FINISHED")
            .put("threadId", threadId)
            .put("runId", agUiRunId)
            .put("outcome", outcome);
    return used(writer, usage);
  }

  static Chunk runError(String message, String code, Json.@Nullable Arr usage) {
    return used(ChunkWriter.ofType("RUN_ERROR").put("message", message).put("code", code), usage);
  }

  private static Chunk used(ChunkWriter writer, Json.@Nullable Arr usage) {
    return usage == null ? writer.chunk() : writer.put("usage", usage).chunk();
  }

  static Chunk stepStarted(String stepName) {
    return ChunkWriter.ofType("STEP_STARTED").put("stepName", stepName).chunk();
  }

  static Chunk stepFinished(String stepName) {
    return ChunkWriter.ofType("STEP_FINISHED").put("stepName", stepName).chunk();
  }

  static Chunk custom(Notice notice) {
    return ChunkWriter.ofType("CUSTOM")
        .put("name", notice.name())
        .put("value", notice.data())
        .chunk();
  }

  /// @param model what answered, when the text was a model's and has ended
  List<Chunk> of(TextSign sign, @Nullable ModelUse model) {
    String id = named(sign.text().id());
    return switch (sign) {
      case TextSign.Began(Text text) when text.reasoning() ->
          List.of(
              message("REASONING_START", id).chunk(),
              message("REASONING_MESSAGE_START", id).put("role", "reasoning").chunk());
      case TextSign.Began _ ->
          List.of(message("TEXT_MESSAGE_START", id).put("role", "assistant").chunk());
      case TextSign.Piece(Text text, String piece) ->
          List.of(
              message(text.reasoning() ? "REASONING_MESSAGE_CONTENT" : "TEXT_MESSAGE_CONTENT", id)
                  .put("delta", piece)
                  .chunk());
      case TextSign.Ended(Text text) when text.reasoning() ->
          List.of(
              message("REASONING_MESSAGE_END", id).chunk(), message("REASONING_END", id).chunk());
      case TextSign.Ended _ -> List.of(ended(id, model));
      case TextSign.Interrupted(Text text) -> List.of(custom(Notices.interrupted(text, id)));
      case TextSign.Elsewhere(_, var blob) -> List.of(custom(Notices.elsewhere(blob, id)));
    };
  }

  private static ChunkWriter message(String type, String id) {
    return ChunkWriter.ofType(type).put("messageId", id);
  }

  private static Chunk ended(String id, @Nullable ModelUse model) {
    ChunkWriter end = message("TEXT_MESSAGE_END", id);
    return model == null
        ? end.chunk()
        : end.put("metadata", ours(Json.object().put("finishReason", model.finishReason())))
            .chunk();
  }

  /// A call is shown when its arguments are whole, so it begins and ends at once.
  List<Chunk> toolCall(ToolRequested tool) {
    String id = named(tool.toolCallId());
    return List.of(
        ChunkWriter.ofType("TOOL_CALL_START")
            .put("toolCallId", id)
            .put("toolCallName", tool.name())
            .chunk(),
        ChunkWriter.ofType("TOOL_CALL_ARGS")
            .put("toolCallId", id)
            .put("delta", CanonicalJson.write(tool.arguments()))
            .chunk(),
        ChunkWriter.ofType("TOOL_CALL_END").put("toolCallId", id).chunk());
  }

  /// @param output text as it is, anything else as JSON
  Chunk toolResult(String toolCallId, Json output) {
    String content = output instanceof Json.Str(String text) ? text : CanonicalJson.write(output);
    return result(toolCallId, content).chunk();
  }

  /// @param status how the call ended without a result
  Chunk toolFailure(String toolCallId, String status, String content) {
    return result(toolCallId, content)
        .put("metadata", ours(Json.object().put("status", status)))
        .chunk();
  }

  private ChunkWriter result(String toolCallId, String content) {
    String id = named(toolCallId);
    return ChunkWriter.ofType("TOOL_CALL_RESULT")
        .put("messageId", id + ".result")
        .put("toolCallId", id)
        .put("role", "tool")
        .put("content", content);
  }

  private static Json.Obj ours(Json.Builder metadata) {
    return Json.object().put("openagents", metadata.build()).build();
  }
}
