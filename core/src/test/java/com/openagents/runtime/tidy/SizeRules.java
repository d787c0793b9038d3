package com.openagents.runtime.tidy;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How long a file and a method may be, and how many values a record or a constructor may take.
final class SizeRules {
  private static final int FILE_LINES_MAX = 300;
  private static final int TEST_FILE_LINES_MAX = 500;
  private static final int METHOD_LINES_MAX = 70;
  private static final int PARAMETERS_MAX = 8;

  private static final Pattern WRITTEN_CODE = Pattern.compile(".*\\.(java|sql|proto|ts|js|mjs)");

  private SizeRules() {}

  static List<String> files(SourceTree tree) {
    var violations = new ArrayList<String>();
    for (Source source : tree.sources()) {
      long lines = source.text().lines().count();
      int max = source.isTest() || source.isTestkit() ? TEST_FILE_LINES_MAX : FILE_LINES_MAX;
      if (WRITTEN_CODE.matcher(source.path()).matches() && lines > max) {
        violations.add("%s has %d lines, at most %d".formatted(source.path(), lines, max));
      }
    }
    return violations;
  }

  static List<String> methods(SourceTree tree) {
    var violations = new ArrayList<String>();
    for (JavaUnit unit : tree.javaUnits()) {
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
          long lines = unit.lines(method);
          if (lines > METHOD_LINES_MAX) {
            violations.add(
                "%s method %s has %d lines, at most %d"
                    .formatted(unit.at(method), method.getName(), lines, METHOD_LINES_MAX));
          }
          return super.visitMethod(method, null);
        }
      }.scan(unit.tree(), null);
    }
    return violations;
  }

  /// The records and constructors that take too many values, but for those that `wide` names
  /// (`package.Outer.Inner`), and the names in `wide` that no longer need to be there.
  static List<String> parameters(SourceTree tree, Set<String> wide) {
    var tooMany =
        tree.javaUnits().stream()
            .flatMap(unit -> ParameterCounts.in(unit).stream())
            .filter(counted -> counted.values() > PARAMETERS_MAX)
            .toList();
    var unneeded = new TreeSet<>(wide);
    tooMany.forEach(counted -> unneeded.remove(counted.type()));
    return Stream.concat(
            tooMany.stream()
                .filter(counted -> !wide.contains(counted.type()))
                .map(Object::toString),
            unneeded.stream().map(type -> type + " is not wide, so need not be listed"))
        .toList();
  }
}
