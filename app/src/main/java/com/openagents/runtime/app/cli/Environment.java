package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.logging.Logging;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import java.util.Map;

/// What a command finds around it.
///
/// @param variables the environment's
record Environment(Map<String, String> variables) {

  /// Reads the settings, and lets log lines be written as they say from here on.
  ///
  /// @throws com.openagents.runtime.app.settings.SettingsRefused with every problem
  Settings settings() {
    var settings = Settings.read(variables);
    Logging.use(
        settings.find(Catalog.LOG_FORMAT).orElseGet(Logging::usual), settings.secretTexts());
    return settings;
  }
}
