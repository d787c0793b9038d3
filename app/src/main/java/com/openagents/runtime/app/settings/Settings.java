package com.openagents.runtime.app.settings;

import com.openagents.runtime.app.settings.Setting.Open;
import com.openagents.runtime.app.settings.Setting.Preset;
import com.openagents.runtime.app.settings.Setting.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The settings of this process: read once, checked as a whole, immutable.
public final class Settings {
  private static final Pattern KEY = Pattern.compile("(?:^|,)[^=,]+=([^,]+)");

  /// The private parts of a JWK (RFC 7518).
  private static final Pattern JWK_PART =
      Pattern.compile("\"(?:d|p|q|dp|dq|qi)\"\\s*:\\s*\"([^\"]+)\"");

  private final Map<String, Given> given;
  private final Map<String, Object> values;

  private Settings(Map<String, Given> given, Map<String, Object> values) {
    this.given = Map.copyOf(given);
    this.values = Map.copyOf(values);
  }

  /// Reads the settings from the environment and the files that it names.
  ///
  /// @throws SettingsRefused with every problem, when there is one
  public static Settings read(Map<String, String> environment) {
    var problems = new ArrayList<Problem>();
    Map<String, Given> given = Given.collect(environment, problems);
    var values = new HashMap<String, Object>();
    for (Setting<?> setting : Catalog.ALL) {
      parse(setting, given.get(setting.name()), problems)
          .ifPresent(value -> values.put(setting.name(), value));
    }
    var settings = new Settings(given, values);
    problems.addAll(Consistency.problems(settings));
    if (!problems.isEmpty()) {
      throw new SettingsRefused(problems);
    }
    return settings;
  }

  private static Optional<Object> parse(
      Setting<?> setting, @Nullable Given given, List<Problem> problems) {
    if (given == null) {
      return setting instanceof Preset<?> preset
          ? Optional.of(preset.parser().parse(preset.preset()))
          : Optional.empty();
    }
    try {
      return Optional.of(setting.parser().parse(given.text()));
    } catch (IllegalArgumentException e) {
      String value = setting.secret() ? "the value" : Shown.quoted(given.text());
      problems.add(new Problem(setting.name(), value + " " + e.getMessage()));
      return Optional.empty();
    }
  }

  /// The value of a setting that always has one.
  public <T> T get(Preset<T> setting) {
    return find((Setting<T>) setting).orElseGet(() -> setting.parser().parse(setting.preset()));
  }

  public <T> Optional<T> find(Open<T> setting) {
    return find((Setting<T>) setting);
  }

  public <T> Optional<T> find(Secret<T> setting) {
    return find((Setting<T>) setting);
  }

  @SuppressWarnings("unchecked") // a value was made by its setting's own parser
  private <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable((T) values.get(setting.name()));
  }

  /// Whether an operator gave it, rather than a default.
  boolean isGiven(Setting<?> setting) {
    return given.containsKey(setting.name());
  }

  /// The texts of all secrets and of their secret parts, for taking them out of what is printed.
  public List<String> secretTexts() {
    var texts =
        Catalog.ALL.stream()
            .filter(Setting::secret)
            .flatMap(setting -> Stream.ofNullable(given.get(setting.name())))
            .flatMap(given -> Stream.concat(Stream.of(given.text()), keys(given.text())));
    var password = find(Catalog.DATABASE_URL).map(DatabaseUrl::password).stream();
    return Stream.concat(texts, password).filter(text -> !text.isEmpty()).distinct().toList();
  }

  /// The secrets in `kid=secret,kid=secret`, and in a JWK set.
  private static Stream<String> keys(String text) {
    return Stream.of(KEY, JWK_PART)
        .flatMap(part -> part.matcher(text).results())
        .map(key -> key.group(1));
  }
}
