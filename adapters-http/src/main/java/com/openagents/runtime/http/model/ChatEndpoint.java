package com.openagents.runtime.http.model;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a model is served, and under which name.
///
/// @param baseUrl what stands before `/chat/completions`, such as `https://api.openai.com/v1`
/// @param apiKey sent as bearer token, or null where the provider asks for none
/// @param model the provider's name for the model
public record ChatEndpoint(URI baseUrl, @Nullable String apiKey, String model, Patience patience) {

  private static final Pattern HEADER_TEXT = Pattern.compile("[!-~]+");

  /// Checks what would otherwise fail at the first call.
  ///
  /// @throws IllegalArgumentException with a message that never has the key in it
  public ChatEndpoint {
    String scheme = baseUrl.getScheme();
    boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!web || baseUrl.getHost() == null) {
      throw new IllegalArgumentException("the model's base URL begins with http:// or https://");
    }
    if (baseUrl.getRawUserInfo() != null
        || baseUrl.getRawQuery() != null
        || baseUrl.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the model's base URL has no user, query or fragment; the key is a setting of its own");
    }
    if (apiKey != null && !HEADER_TEXT.matcher(apiKey).matches()) {
      throw new IllegalArgumentException("the model's API key has visible ASCII characters only");
    }
    if (model.isBlank()) {
      throw new IllegalArgumentException("the model has a name");
    }
  }

  /// The name of the provider in events: the host.
  public String provider() {
    return baseUrl.getHost();
  }

  URI completions() {
    String base = baseUrl.toString();
    return URI.create((base.endsWith("/") ? base : base + "/") + "chat/completions");
  }

  /// Takes the key out of a text that somebody else wrote.
  String redacted(String text) {
    return apiKey == null ? text : text.replace(apiKey, "[key]");
  }

  /// Leaves the key out.
  @Override
  public String toString() {
    return "ChatEndpoint[" + baseUrl + ", " + model + "]";
  }
}
