package com.openagents.runtime.testkit.guide;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.ToolEvent.ToolRequested;
import com.openagents.runtime.projection.ProjectionId;
import com.openagents.runtime.projection.RunProjection;
import com.openagents.runtime.projection.RunSubject;
import com.openagents.runtime.run.SavedFields;

/// How many tools a run has called: a projection as the guide to projections shows it.
record ToolCalls() implements RunProjection<Long> {

  @Override
  public ProjectionId id() {
    return new ProjectionId("tool_calls", 1);
  }

  @Override
  public Long first(RunSubject run) {
    return 0L;
  }

  @Override
  public Long apply(Long calls, Envelope envelope) {
    return envelope.event() instanceof ToolRequested ? calls + 1 : calls;
  }

  @Override
  public void write(Long calls, Json.Builder body) {
    body.put("toolCalls", calls);
  }

  @Override
  public Long read(Json.Obj body) {
    return SavedFields.number(body, "toolCalls");
  }
}
