package com.openagents.runtime.testkit.model;

import com.openagents.runtime.model.EchoModels;
import com.openagents.runtime.model.Models;

class EchoModelsTest extends ModelsContract {

  @Override
  protected Models models() {
    return new EchoModels();
  }
}
