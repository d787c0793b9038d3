package com.openagents.runtime.testkit.model;

import com.openagents.runtime.model.Models;
import com.openagents.runtime.model.OfflineModels;

class OfflineModelsTest extends ModelsContract {

  @Override
  protected Models models() {
    return new OfflineModels();
  }
}
