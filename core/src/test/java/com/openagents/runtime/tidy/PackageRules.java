package com.openagents.runtime.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Every package says in a sentence what it holds, and that nothing in it is null unless it says
/// so.
final class PackageRules {
  private static final Pattern FIRST_SENTENCE = Pattern.compile("\\A/// \\p{Lu}.*");
  private static final Pattern SENTENCE_END = Pattern.compile("(?m)^/// .*[.:]$");
  private static final Pattern NULL_MARKED = Pattern.compile("(?m)^@NullMarked$");

  private PackageRules() {}

  static List<String> packageInfos(SourceTree tree) {
    var directories = new TreeSet<String>();
    tree.sources().stream()
        .filter(source -> source.isJava() && source.path().contains("/src/main/java/"))
        .forEach(source -> directories.add(source.directory()));
    var violations = new ArrayList<String>();
    for (String directory : directories) {
      var path = directory + "/package-info.java";
      var text =
          tree.sources().stream()
              .filter(source -> source.path().equals(path))
              .findFirst()
              .map(Source::text);
      if (text.isEmpty()) {
        violations.add(path + " is missing");
      } else {
        violations.addAll(missingIn(path, text.get()));
      }
    }
    return violations;
  }

  private static List<String> missingIn(String path, String text) {
    var missing = new ArrayList<String>();
    if (!FIRST_SENTENCE.matcher(text).lookingAt() || !SENTENCE_END.matcher(text).find()) {
      missing.add(path + " has no sentence that says what the package holds");
    }
    if (!NULL_MARKED.matcher(text).find()) {
      missing.add(path + " is not @NullMarked");
    }
    return missing;
  }
}
