package com.openagents.runtime.testkit.engine;

import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.model.ModelStream;
import com.openagents.runtime.model.Models;
import java.time.Duration;

/// The model as a node reaches it, who may crash at each call.
record CountedModels(Crashes crashes, Models models) implements Models {

  @Override
  public ModelStream open(ModelRequest request) {
    ModelStream stream = crashes.call(() -> models.open(request));
    return new ModelStream() {
      @Override
      public Polled next(Duration wait) {
        return crashes.call(() -> stream.next(wait));
      }

      @Override
      public void close() {
        stream.close();
      }
    };
  }
}
