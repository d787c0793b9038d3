package com.openagents.runtime.execution;

import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.ModelStream.Failed;
import com.openagents.runtime.model.Models;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// The one model call that an execution may have open. Not thread-safe.
final class ModelCall {

  private static final Logger LOG = LoggerFactory.getLogger(ModelCall.class);

  private final Models models;
  private final RunId runId;
  private @Nullable ModelStream stream;
  private @Nullable TraceId traceId;

  ModelCall(Models models, RunId runId) {
    this.models = models;
    this.runId = runId;
  }

  /// Gives up the present call, if any, and begins another.
  void ask(ModelRequest request) {
    hangUp();
    traceId = request.traceId();
    stream = models.open(request);
  }

  /// Never throws: what goes wrong is a failure of the call.
  ModelStream.Polled next(Duration patience) {
    if (stream == null) {
      return new Failed("unavailable", "the model call was given up", true);
    }
    try {
      return told(stream.next(patience));
    } catch (RuntimeException e) {
      warning().setCause(e).log("the model of {} failed", runId);
      return new Failed("unavailable", "the model could not be heard", true);
    }
  }

  private ModelStream.Polled told(ModelStream.Polled polled) {
    if (polled instanceof Failed failure) {
      warning().log("the model failed {}: {} ({})", runId, failure.message(), failure.errorClass());
    }
    return polled;
  }

  private LoggingEventBuilder warning() {
    LoggingEventBuilder line = LOG.atWarn().addKeyValue("runId", runId);
    return traceId == null ? line : line.addKeyValue("traceId", traceId);
  }

  void hangUp() {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }
}
