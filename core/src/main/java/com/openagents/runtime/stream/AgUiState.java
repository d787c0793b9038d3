package com.openagents.runtime.stream;

import com.openagents.runtime.event.MessageEvent.ModelUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What AG-UI's reader has open at a place in the log.
///
/// @param threadId null before the run was created
/// @param run the AG-UI run that is open; null while none is
/// @param step the step in progress, also while no AG-UI run is open
/// @param calls tool calls that were asked for and have no result yet
/// @param asked approvals that nobody has answered yet
/// @param subjects what approvals of the step are about, by their ids
/// @param used what models have used in the open AG-UI run
record AgUiState(
    @Nullable String threadId,
    @Nullable String run,
    @Nullable String step,
    OpenTexts texts,
    List<String> calls,
    List<AgUiInterrupt> asked,
    Map<String, String> subjects,
    List<ModelUse> used) {

  static final AgUiState INITIAL =
      new AgUiState(null, null, null, OpenTexts.NONE, List.of(), List.of(), Map.of(), List.of());

  AgUiState {
    calls = List.copyOf(calls);
    asked = List.copyOf(asked);
    subjects = Map.copyOf(subjects);
    used = List.copyOf(used);
  }

  AgUiState created(String thread, String runId) {
    return new AgUiState(
        thread, runId, null, OpenTexts.NONE, List.of(), List.of(), Map.of(), List.of());
  }

  AgUiState opened(String runId) {
    return new AgUiState(threadId, runId, step, texts, calls, asked, subjects, used);
  }

  /// No AG-UI run is open, and so no text; the next one uses models of its own.
  AgUiState resting() {
    return new AgUiState(threadId, null, step, OpenTexts.NONE, calls, asked, subjects, List.of());
  }

  /// Nothing is open and nothing is asked.
  AgUiState forked() {
    return new AgUiState(
        threadId, null, null, OpenTexts.NONE, List.of(), List.of(), Map.of(), List.of());
  }

  /// Whether a reader is left with something that has no result yet.
  boolean unsettled() {
    return !calls.isEmpty() || !asked.isEmpty();
  }

  /// The same without the step, for an AG-UI run that only passes.
  AgUiState aside() {
    return inStep(null, subjects);
  }

  AgUiState with(OpenTexts next) {
    return new AgUiState(threadId, run, step, next, calls, asked, subjects, used);
  }

  AgUiState inStep(@Nullable String name, Map<String, String> about) {
    return new AgUiState(threadId, run, name, texts, calls, asked, about, used);
  }

  AgUiState called(String toolCallId) {
    return withCalls(plus(calls, toolCallId));
  }

  AgUiState settled(String toolCallId) {
    return withCalls(calls.stream().filter(id -> !id.equals(toolCallId)).toList());
  }

  AgUiState asking(AgUiInterrupt interrupt) {
    return withAsked(plus(answered(interrupt.id()).asked, interrupt));
  }

  AgUiState answered(String approvalId) {
    return withAsked(asked.stream().filter(each -> !each.id().equals(approvalId)).toList());
  }

  AgUiState using(ModelUse model) {
    return new AgUiState(threadId, run, step, texts, calls, asked, subjects, plus(used, model));
  }

  private AgUiState withCalls(List<String> next) {
    return new AgUiState(threadId, run, step, texts, next, asked, subjects, used);
  }

  private AgUiState withAsked(List<AgUiInterrupt> next) {
    return new AgUiState(threadId, run, step, texts, calls, next, subjects, used);
  }

  private static <T> List<T> plus(List<T> items, T item) {
    List<T> more = new ArrayList<>(items);
    more.add(item);
    return more;
  }
}
