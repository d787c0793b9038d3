package com.openagents.runtime.diagnosis;

import com.openagents.runtime.canon.Json;

/// A plain answer to "why is it where it is".
///
/// @param explanation one or two sentences for a person
/// @param evidence the facts that it rests on
/// @param nextAction what will happen by itself, or what somebody can do
public record Diagnosis(Cause cause, String explanation, Json.Obj evidence, String nextAction) {

  public enum Cause {
    ENDED,
    WAITING_FOR_EXECUTOR,
    NO_NODE,
    EXECUTING,
    AWAITING_MODEL,
    EXECUTOR_SILENT,
    COOLING_DOWN,
    WAITING_FOR_FRAMES,
    WAITING_FOR_APPROVAL,
    WAITING_FOR_TIMER,
    WAITING_FOR_TOOL,
    WAITING_FOR_CHILDREN,
    WAITING_FOR_ADMISSION,
    STOPPING,
    CORRUPT_LOG
  }
}
