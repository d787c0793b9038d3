package com.openagents.runtime.app.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of settings: one `NAME=value` a line, with empty lines and lines that begin with `#` left
/// out. A value may stand in quotes, single or double, which are taken off.
final class ConfigFile {
  private static final int BYTES_MAX = 1 << 20;
  private static final Pattern LINE = Pattern.compile("\\s*(\\w+)\\s*=\\s*(.*?)\\s*");

  private ConfigFile() {}

  /// The values in `file`; what cannot be read is added to `problems`.
  static Map<String, String> read(Path file, List<Problem> problems) {
    var values = new LinkedHashMap<String, String>();
    int number = 0;
    for (String line : text(Catalog.CONFIG_FILE.name(), file, problems).lines().toList()) {
      number++;
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      String place = "line " + number + " of " + file;
      if (!matcher.matches()) {
        problems.add(new Problem(place, "has not the form NAME=value"));
      } else if (values.putIfAbsent(matcher.group(1), unquoted(matcher.group(2))) != null) {
        problems.add(new Problem(matcher.group(1), "is set twice, again in " + place));
      }
    }
    return values;
  }

  /// The text of a file that `setting` names; empty, with a problem, where it cannot be read.
  static String text(String setting, Path file, List<Problem> problems) {
    try {
      if (Files.size(file) <= BYTES_MAX) {
        return Files.readString(file);
      }
      problems.add(new Problem(setting, "the file " + file + " is longer than 1 MiB"));
    } catch (CharacterCodingException _) {
      problems.add(new Problem(setting, "the file " + file + " is no UTF-8 text"));
    } catch (IOException e) {
      problems.add(new Problem(setting, "the file " + file + " cannot be read: " + reason(e)));
    }
    return "";
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "");
  }

  private static String unquoted(String value) {
    for (String quote : List.of("\"", "'")) {
      if (value.length() >= 2 && value.startsWith(quote) && value.endsWith(quote)) {
        return value.substring(1, value.length() - 1);
      }
    }
    return value;
  }
}
