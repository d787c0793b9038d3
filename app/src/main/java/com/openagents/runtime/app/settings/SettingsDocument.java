package com.openagents.runtime.app.settings;

/// The page about the settings, for people.
public final class SettingsDocument {
  private static final String INTRODUCTION =
      """
      # Settings

      Written from the code by `openagents-runtime settings --markdown`; a test holds it current.

      Settings are environment variables. `OA_CONFIG_FILE` may name a file with more of them, one `NAME=value` a line, lines with `#` left
      out; the environment goes before it. A secret may also lie in a file of its own: set its name with `_FILE` behind it to the path. A blank
      value counts as none. What is unknown or malformed stops the start, and every problem is listed at once; secrets are never shown.

      Durations are written `250ms`, `30s`, `15m`, `24h`, `7d`; sizes `65536`, `512KiB`, `1MiB`.

      | setting | default | meaning |
      | --- | --- | --- |
      """;

  private static final String LATER =
      """

      Settings of parts that come later are refused, unless they are set to the default that stands in brackets:
      """;

  private SettingsDocument() {}

  public static String markdown() {
    var text = new StringBuilder(INTRODUCTION);
    for (Setting<?> setting : Catalog.ALL) {
      text.append(
          "| `%s` | %s | %s%s |\n"
              .formatted(
                  setting.name(),
                  setting.otherwise(),
                  setting.meaning(),
                  setting.secret() ? " Secret." : ""));
    }
    return text.append(LATER).append(Later.markdown()).toString();
  }

  /// The settings as plain text, for a terminal.
  public static String text() {
    var text = new StringBuilder();
    for (Setting<?> setting : Catalog.ALL) {
      text.append(
          "%s%s%n    %s%n    default: %s%n"
              .formatted(
                  setting.name(),
                  setting.secret() ? " (secret)" : "",
                  plain(setting.meaning()),
                  plain(setting.otherwise())));
    }
    return text.toString();
  }

  private static String plain(String markdown) {
    return markdown.replace("`", "");
  }
}
