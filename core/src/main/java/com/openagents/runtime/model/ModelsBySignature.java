package com.openagents.runtime.model;

import java.util.Map;

/// Sends each request to the provider that serves its signature, the rest to the default one.
public final class ModelsBySignature implements Models {

  private final Map<String, Models> special;
  private final Models otherwise;

  public ModelsBySignature(Map<String, Models> special, Models otherwise) {
    this.special = Map.copyOf(special);
    this.otherwise = otherwise;
  }

  @Override
  public ModelStream open(ModelRequest request) {
    return special.getOrDefault(request.signature(), otherwise).open(request);
  }
}
