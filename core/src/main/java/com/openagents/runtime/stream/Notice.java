package com.openagents.runtime.stream;

import com.openagents.runtime.canon.Json;

/// What the runtime tells a reader in words of its own, because formats have none for it.
///
/// @param passing whether it says where the run is now, which is no part of what the agent said
record Notice(String name, Json.Obj data, boolean passing) {

  static Notice lasting(String name, Json.Builder data) {
    return new Notice(name, data.build(), false);
  }

  static Notice passing(String name, Json.Builder data) {
    return new Notice(name, data.build(), true);
  }
}
