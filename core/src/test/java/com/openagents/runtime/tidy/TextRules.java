package com.openagents.runtime.tidy;

import static java.util.stream.Collectors.toSet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Work that is put off in a comment, and documents that lead nowhere.
final class TextRules {
  private static final Pattern PUT_OFF = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");
  private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^\\]\\[]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*|#.*");

  private static final Pattern TEST = Pattern.compile("(?<!@)\\b[A-Z][A-Za-z0-9]*Test\\b");

  private TextRules() {}

  static List<String> putOffWork(SourceTree tree) {
    var violations = new ArrayList<String>();
    for (Source source : tree.sources()) {
      var match = PUT_OFF.matcher(source.text());
      while (match.find()) {
        violations.add(at(source, source.text(), match.start()) + " " + match.group());
      }
    }
    return violations;
  }

  static List<String> markdownTitles(SourceTree tree) {
    return tree.sources().stream()
        .filter(source -> source.isMarkdown() && !source.text().startsWith("# "))
        .map(source -> source.path() + " does not begin with a title")
        .toList();
  }

  static List<String> markdownLinks(SourceTree tree) {
    var violations = new ArrayList<String>();
    for (Source source : tree.sources().stream().filter(Source::isMarkdown).toList()) {
      var prose = FENCED.matcher(source.text()).replaceAll(TextRules::newlinesOf);
      var link = LINK.matcher(prose);
      while (link.find()) {
        var target = link.group(1);
        if (!ELSEWHERE.matcher(target).matches() && !tree.has(resolved(source, target))) {
          violations.add(at(source, prose, link.start()) + " leads nowhere: " + target);
        }
      }
    }
    return violations;
  }

  /// A document that names a test which is not there promises what nothing shows.
  static List<String> namedTests(SourceTree tree) {
    var classes =
        tree.sources().stream()
            .map(Source::path)
            .map(path -> path.substring(path.lastIndexOf('/') + 1))
            .collect(toSet());
    var violations = new ArrayList<String>();
    for (Source source : tree.sources().stream().filter(Source::isMarkdown).toList()) {
      var test = TEST.matcher(source.text());
      while (test.find()) {
        if (!classes.contains(test.group() + ".java")) {
          violations.add(at(source, source.text(), test.start()) + " no test: " + test.group());
        }
      }
    }
    return violations;
  }

  private static String resolved(Source source, String target) {
    var file = target.replaceFirst("#.*", "");
    return Path.of(source.directory()).resolve(file).normalize().toString().replace('\\', '/');
  }

  /// Keeps the line numbers of what follows a fenced block.
  private static String newlinesOf(MatchResult fenced) {
    return fenced.group().replaceAll("[^\n]", "");
  }

  private static String at(Source source, String text, int offset) {
    long line = text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    return source.path() + ":" + line;
  }
}
