package com.openagents.runtime.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words that say nothing about the thing they name.
final class NameRules {
  private static final Set<String> EMPTY_WORDS =
      Set.of("Util", "Utils", "Manager", "Helper", "Helpers", "Impl");
  private static final Set<String> EMPTY_FIRST_WORDS = Set.of("Abstract", "Base");
  private static final Set<String> EMPTY_LAST_WORDS = Set.of("Port", "Data", "Info");
  private static final Set<String> EMPTY_PACKAGES =
      Set.of(
          "base", "common", "exception", "helper", "impl", "internal", "port", "service", "util");

  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern HUNGARIAN_INTERFACE = Pattern.compile("I[A-Z][a-z].*");

  private NameRules() {}

  static List<String> types(SourceTree tree) {
    var violations = new ArrayList<String>();
    for (JavaUnit unit : tree.javaUnits()) {
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
          var name = type.getSimpleName().toString();
          emptyPart(name, type.getKind())
              .ifPresent(part -> violations.add(unit.at(type) + " " + name + ": no " + part));
          return super.visitClass(type, null);
        }
      }.scan(unit.tree(), null);
    }
    return violations;
  }

  static List<String> packages(SourceTree tree) {
    return tree.javaUnits().stream()
        .map(unit -> String.valueOf(unit.tree().getPackageName()))
        .distinct()
        .filter(name -> List.of(name.split("\\.")).stream().anyMatch(EMPTY_PACKAGES::contains))
        .map(name -> name + " is a package named after nothing")
        .toList();
  }

  private static Optional<String> emptyPart(String name, Tree.Kind kind) {
    var words = List.of(WORD_START.split(name));
    if (kind == Tree.Kind.INTERFACE && HUNGARIAN_INTERFACE.matcher(name).matches()) {
      return Optional.of("I before an interface");
    }
    if (EMPTY_FIRST_WORDS.contains(words.getFirst())) {
      return Optional.of(words.getFirst());
    }
    if (EMPTY_LAST_WORDS.contains(words.getLast())) {
      return Optional.of(words.getLast());
    }
    return words.stream().filter(EMPTY_WORDS::contains).findFirst();
  }
}
