package com.openagents.runtime.stream;

import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunFailed;
import com.openagents.runtime.event.RunEvent.RunForked;
import com.openagents.runtime.stream.AiSdkState.OpenTool;
import java.util.ArrayList;
import java.util.List;

/// How a stream in the AI SDK's format closes what is open, and how it ends.
///
/// The browser's reader settles nothing by itself: a part that is open when the run ends would be
/// "streaming" for ever.
final class AiSdkEnding {

  private static final String UNSETTLED = "the run ended before the tool did";
  private static final String FORKED = "the run was forked before the tool ended";

  private AiSdkEnding() {}

  /// Ends every open text.
  static List<Chunk> closeTexts(AiSdkState state) {
    List<Chunk> chunks = new ArrayList<>();
    state.texts().closed().signs().forEach(sign -> chunks.add(AiSdkChunks.of(sign)));
    return chunks;
  }

  /// Ends what is open in the copy that a fork begins with; the message goes on.
  static List<Chunk> forked(AiSdkState state, RunForked forked) {
    List<Chunk> chunks = closeAll(state, FORKED);
    Notices.of(forked).stream().map(AiSdkChunks::of).forEach(chunks::add);
    return chunks;
  }

  static List<Chunk> completed(AiSdkState state) {
    List<Chunk> chunks = closeAll(state, UNSETTLED);
    chunks.add(AiSdkChunks.finish(state.finishReason()));
    return chunks;
  }

  /// An error ends the client's reading, so it comes last.
  static List<Chunk> failed(AiSdkState state, RunFailed failed) {
    List<Chunk> chunks = closeAll(state, UNSETTLED);
    chunks.add(AiSdkChunks.of(Notices.reason("failed", failed.reasonClass(), failed.message())));
    chunks.add(AiSdkChunks.error(failed.message()));
    return chunks;
  }

  static List<Chunk> canceled(AiSdkState state, RunCanceled canceled) {
    List<Chunk> chunks = closeAll(state, UNSETTLED);
    chunks.add(
        AiSdkChunks.of(Notices.reason("canceled", canceled.reasonClass(), canceled.reason())));
    chunks.add(AiSdkChunks.ABORT);
    return chunks;
  }

  private static List<Chunk> closeAll(AiSdkState state, String unsettled) {
    List<Chunk> chunks = closeTexts(state);
    for (OpenTool tool : state.tools()) {
      chunks.add(AiSdkChunks.toolError(tool.toolCallId(), unsettled));
    }
    if (state.inStep()) {
      chunks.add(AiSdkChunks.FINISH_STEP);
    }
    return chunks;
  }
}
