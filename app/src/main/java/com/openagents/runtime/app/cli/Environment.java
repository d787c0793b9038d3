package com.openagents.runtime.app.cli;

import com.openagents.runtime.app.logging.Logging;
import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.app.wiring.Parts;
import java.util.Map;

/// What a command finds around it.
///
/// @param variables the environment's
/// @param parts what a service is made with that a command starts
record Environment(Map<String, String> variables, Parts parts) {

  /// With the usual parts.
  Environment(Map<String, String> variables) {
    this(variables, Parts.usual());
  }

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
