package com.openagents.runtime.app.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The names of settings, and what to say of one that does not exist.
final class Names {
  private static final String PREFIX = "OA_";
  private static final int LIKENESS_MAX = 3;

  private static final List<Setting.Secret<?>> SECRETS =
      Catalog.ALL.stream()
          .<Setting.Secret<?>>mapMulti((setting, next) -> {
            if (setting instanceof Setting.Secret<?> secret) {
              next.accept(secret);
            }
          })
          .toList();

  private Names() {}

  /// Whether a variable of the environment is meant for this program.
  static boolean isOurs(String name) {
    return name.startsWith(PREFIX) || isKnown(name) || secretIn(name).isPresent();
  }

  static boolean isKnown(String name) {
    return Catalog.ALL.stream().anyMatch(setting -> setting.name().equals(name));
  }

  /// The secret whose file `name` stands for.
  static Optional<String> secretIn(String name) {
    return SECRETS.stream()
        .filter(secret -> secret.fileName().equals(name))
        .findFirst()
        .map(Setting::name);
  }

  static Problem unknown(String name) {
    return Stream.concat(
            Catalog.ALL.stream().map(Setting::name), SECRETS.stream().map(Setting.Secret::fileName))
        .filter(known -> distance(name, known) <= LIKENESS_MAX)
        .min(Comparator.comparingInt(known -> distance(name, known)))
        .map(known -> new Problem(name, "is no setting; did you mean " + known + "?"))
        .orElse(new Problem(name, "is no setting"));
  }

  /// Levenshtein's distance.
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int column = 1; column < row.length; column++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column - 1], diagonal));
      }
    }
    return row[to.length()];
  }
}
