package com.openagents.runtime.app.settings;

/// One thing that is wrong with the settings.
///
/// @param setting the name as it was given
/// @param reason completes "setting: …"; never shows the value of a secret
public record Problem(String setting, String reason) {
  @Override
  public String toString() {
    return setting + ": " + reason;
  }
}
