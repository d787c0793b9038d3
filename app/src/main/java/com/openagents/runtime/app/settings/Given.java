package com.openagents.runtime.app.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The text that an operator gave for a setting, before anything is read into it. A blank text
/// counts as none, because many tools cannot leave a variable out.
record Given(String text, Source source) {

  /// Collects texts by the names of settings: from the environment, behind it the config file, and
  /// for secrets the files that they were put into.
  ///
  /// @param problems gets what is unknown, contradictory or unreadable
  static Map<String, Given> collect(Map<String, String> environment, List<Problem> problems) {
    var named = new LinkedHashMap<String, Given>();
    environment.forEach((name, text) -> {
      if (Names.isOurs(name)) {
        put(named, name, text, Source.ENVIRONMENT);
      }
    });
    var configFile = named.get(Catalog.CONFIG_FILE.name());
    if (configFile != null) {
      ConfigFile.read(Parsers.path(configFile.text), problems)
          .forEach((name, text) -> put(named, name, text, Source.CONFIG_FILE));
    }
    return resolved(named, problems);
  }

  private static void put(Map<String, Given> named, String name, String text, Source source) {
    if (!text.isBlank()) {
      named.putIfAbsent(name, new Given(text.strip(), source));
    }
  }

  private static Map<String, Given> resolved(Map<String, Given> named, List<Problem> problems) {
    var resolved = new LinkedHashMap<String, Given>();
    named.forEach((name, given) -> {
      var secret = Names.secretIn(name);
      if (secret.isPresent()) {
        if (named.containsKey(secret.get())) {
          problems.add(new Problem(name, "is set as well as " + secret.get()));
        }
        String text = ConfigFile.text(name, Parsers.path(given.text), problems);
        put(resolved, secret.get(), text, Source.SECRET_FILE);
      } else if (Names.isKnown(name)) {
        resolved.put(name, given);
      } else if (Later.names(name)) {
        Later.problem(name, given.text).ifPresent(problems::add);
      } else {
        problems.add(Names.unknown(name));
      }
    });
    return resolved;
  }
}
