package com.openagents.runtime.stream;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.BlobRef;
import com.openagents.runtime.event.ToolEvent.ToolApprovalResolved;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import org.jspecify.annotations.Nullable;

/// The chunks of the AI SDK's UI message stream that strict clients of versions 5, 6 and 7 accept,
/// and the few that only later ones know.
final class AiSdkChunks {

  static final Chunk START_STEP = ChunkWriter.ofType("start-step").chunk();
  static final Chunk FINISH_STEP = ChunkWriter.ofType("finish-step").chunk();

  /// Bare: the first clients of versions 5 and 6 refuse a reason.
  static final Chunk ABORT = ChunkWriter.ofType("abort").chunk();

  private AiSdkChunks() {}

  static Chunk start(String messageId) {
    return ChunkWriter.ofType("start").put("messageId", messageId).chunk();
  }

  static Chunk of(TextSign sign) {
    String id = sign.text().id();
    return switch (sign) {
      case TextSign.Began(Text text) -> ofText(text, "start").chunk();
      case TextSign.Piece(Text text, String piece) ->
          ofText(text, "delta").put("delta", piece).chunk();
      case TextSign.Ended(Text text) -> ofText(text, "end").chunk();
      case TextSign.Interrupted(Text text) -> of(Notices.interrupted(text, id));
      case TextSign.Elsewhere(_, BlobRef blob) -> of(Notices.elsewhere(blob, id));
    };
  }

  private static ChunkWriter ofText(Text text, String what) {
    return ChunkWriter.ofType((text.reasoning() ? "reasoning-" : "text-") + what)
        .put("id", text.id());
  }

  static Chunk toolInput(ToolRequested tool) {
    return ChunkWriter.ofType("tool-input-available")
        .put("toolCallId", tool.toolCallId())
        .put("toolName", tool.name())
        .put("input", tool.arguments())
        .put("dynamic", true)
        .chunk();
  }

  static Chunk toolOutput(String toolCallId, Json output) {
    return ChunkWriter.ofType("tool-output-available")
        .put("toolCallId", toolCallId)
        .put("output", output)
        .put("dynamic", true)
        .chunk();
  }

  static Chunk toolError(String toolCallId, String errorText) {
    return ChunkWriter.ofType("tool-output-error")
        .put("toolCallId", toolCallId)
        .put("errorText", errorText)
        .put("dynamic", true)
        .chunk();
  }

  /// Since version 6.
  static Chunk toolDenied(String toolCallId) {
    return ChunkWriter.ofType("tool-output-denied").put("toolCallId", toolCallId).chunk();
  }

  /// Since version 6.
  static Chunk approvalRequest(String approvalId, String toolCallId) {
    return ChunkWriter.ofType("tool-approval-request")
        .put("approvalId", approvalId)
        .put("toolCallId", toolCallId)
        .chunk();
  }

  /// Since version 7.
  static Chunk approvalResponse(ToolApprovalResolved resolved) {
    return ChunkWriter.ofType("tool-approval-response")
        .put("approvalId", resolved.approvalId())
        .put("approved", resolved.approved())
        .put("reason", resolved.reason())
        .chunk();
  }

  /// A part of the message that the runtime defines; a passing one reaches the client's listener
  /// and leaves nothing in the message.
  static Chunk of(Notice notice) {
    return part(notice, null);
  }

  /// @param id makes a later part replace this one
  static Chunk part(Notice notice, @Nullable String id) {
    ChunkWriter part =
        ChunkWriter.ofType("data-" + notice.name()).put("id", id).put("data", notice.data());
    return notice.passing() ? part.put("transient", true).chunk() : part.chunk();
  }

  static Chunk finish(String finishReason) {
    return ChunkWriter.ofType("finish").put("finishReason", finishReason).chunk();
  }

  static Chunk error(String errorText) {
    return ChunkWriter.ofType("error").put("errorText", errorText).chunk();
  }
}
