package com.openagents.runtime.http.model;

import com.openagents.runtime.model.Models;
import com.openagents.runtime.testkit.model.ModelsContract;
import org.junit.jupiter.api.AfterEach;

class OpenAiModelsTest extends ModelsContract {

  private final ReplayedProvider provider =
      new ReplayedProvider(ReplayedProvider.streamed(ReplayedProvider.modelled("openai")));
  private final OpenAiModels models = new OpenAiModels(Calls.endpoint(provider, Calls.PATIENT));

  @Override
  protected Models models() {
    return models;
  }

  @AfterEach
  void close() throws Exception {
    models.close();
    provider.close();
  }
}
