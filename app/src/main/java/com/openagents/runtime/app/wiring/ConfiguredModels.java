package com.openagents.runtime.app.wiring;

import com.openagents.runtime.app.settings.Catalog;
import com.openagents.runtime.app.settings.Settings;
import com.openagents.runtime.http.model.ChatEndpoint;
import com.openagents.runtime.http.model.OpenAiModels;
import com.openagents.runtime.http.model.Patience;
import com.openagents.runtime.model.EchoModels;
import com.openagents.runtime.model.Models;
import com.openagents.runtime.model.ModelsBySignature;
import com.openagents.runtime.model.OfflineModels;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// The models that the settings name; the offline stand-in when they name none.
final class ConfiguredModels {

  private ConfiguredModels() {}

  static Models of(Settings settings) {
    Optional<URI> base = settings.find(Catalog.MODEL_BASE_URL);
    Models answering = base.map(url -> remote(url, settings)).orElseGet(OfflineModels::new);
    return new ModelsBySignature(Map.of(EchoModels.SIGNATURE, new EchoModels()), answering);
  }

  private static Models remote(URI base, Settings settings) {
    return new OpenAiModels(
        new ChatEndpoint(
            base,
            settings.find(Catalog.MODEL_API_KEY).orElse(null),
            settings.find(Catalog.MODEL_NAME).orElse("default"),
            Patience.DEFAULT));
  }

  /// One line for the start-up banner.
  static String describe(Settings settings) {
    return settings
        .find(Catalog.MODEL_BASE_URL)
        .map(base -> settings.find(Catalog.MODEL_NAME).orElse("default") + " at " + base)
        .orElse("offline stand-in (set OA_MODEL_BASE_URL for a real one)");
  }
}
