package com.openagents.runtime.stream;

import static java.util.Objects.requireNonNull;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.RunEvent.RunCanceled;
import com.openagents.runtime.event.RunEvent.RunFailed;
import java.util.ArrayList;
import java.util.List;

/// How an AG-UI run begins and ends.
///
/// One ends whenever the run of the log waits for people, for an AG-UI run does not wait; the next
/// begins when it goes on. Whatever is open is closed before.
final class AgUiEnding {

  private static final String UNSETTLED = "the run ended before the tool did";
  private static final String FORKED = "the run was forked before the tool ended";
  private static final Json.Obj SUCCESS = outcome("success").build();
  private static final Json.Obj CANCELLED = outcome("cancelled").build();

  private AgUiEnding() {}

  /// @param state with an AG-UI run that has just been opened
  static List<Chunk> opening(AgUiState state) {
    List<Chunk> chunks = new ArrayList<>(2);
    chunks.add(
        AgUiChunks.runStarted(requireNonNull(state.threadId()), requireNonNull(state.run())));
    if (state.step() != null) {
      chunks.add(AgUiChunks.stepStarted(state.step()));
    }
    return chunks;
  }

  /// The run waits for people.
  static List<Chunk> resting(AgUiState state, AgUiChunks write) {
    List<Chunk> chunks = closeParts(state, write);
    chunks.add(paused(state));
    return chunks;
  }

  /// The event that ends an AG-UI run because people are waited for.
  static Chunk paused(AgUiState state) {
    List<AgUiInterrupt> asked = state.asked();
    return finished(
        state,
        asked.isEmpty()
            ? SUCCESS
            : outcome("interrupt")
                .put("interrupts", Json.array(asked.stream().map(AgUiInterrupt::json).toList()))
                .build());
  }

  /// What is open in the copy that a fork begins with is over; another AG-UI run follows when the
  /// fork goes on.
  static List<Chunk> forked(AgUiState state, AgUiChunks write) {
    List<Chunk> chunks = closeAll(state, write, FORKED);
    chunks.add(finished(state, SUCCESS));
    return chunks;
  }

  static List<Chunk> completed(AgUiState state, AgUiChunks write) {
    List<Chunk> chunks = closeAll(state, write, UNSETTLED);
    chunks.add(finished(state, SUCCESS));
    return chunks;
  }

  static List<Chunk> failed(AgUiState state, AgUiChunks write, RunFailed failed) {
    List<Chunk> chunks = closeAll(state, write, UNSETTLED);
    chunks.add(
        AgUiChunks.runError(
            failed.message(), failed.reasonClass().wireName(), AgUiUsage.of(state.used())));
    return chunks;
  }

  static List<Chunk> canceled(AgUiState state, AgUiChunks write, RunCanceled canceled) {
    List<Chunk> chunks = closeAll(state, write, UNSETTLED);
    chunks.add(
        AgUiChunks.custom(Notices.reason("canceled", canceled.reasonClass(), canceled.reason())));
    chunks.add(finished(state, CANCELLED));
    return chunks;
  }

  private static List<Chunk> closeAll(AgUiState state, AgUiChunks write, String unsettled) {
    List<Chunk> chunks = new ArrayList<>();
    for (String call : state.calls()) {
      chunks.add(write.toolFailure(call, "unsettled", unsettled));
    }
    chunks.addAll(closeParts(state, write));
    return chunks;
  }

  private static List<Chunk> closeParts(AgUiState state, AgUiChunks write) {
    List<Chunk> chunks = new ArrayList<>();
    state.texts().closed().signs().forEach(sign -> chunks.addAll(write.of(sign, null)));
    if (state.step() != null) {
      chunks.add(AgUiChunks.stepFinished(state.step()));
    }
    return chunks;
  }

  private static Chunk finished(AgUiState state, Json.Obj outcome) {
    return AgUiChunks.runFinished(
        requireNonNull(state.threadId()),
        requireNonNull(state.run()),
        outcome,
        AgUiUsage.of(state.used()));
  }

  private static Json.Builder outcome(String type) {
    return Json.object().put("type", type);
  }
}
