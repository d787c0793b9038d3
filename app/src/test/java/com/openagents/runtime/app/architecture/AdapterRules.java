package com.openagents.runtime.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/// Adapters stand beside each other: none knows another, nor who puts them together.
final class AdapterRules {
  static final List<String> ADAPTERS = List.of("postgres", "http", "convex");

  private AdapterRules() {}

  /// The classes of `adapter` under the package `base` use no other adapter and nothing of the app.
  static ArchRule standsAlone(String base, String adapter) {
    var others =
        Stream.concat(ADAPTERS.stream(), Stream.of("app"))
            .filter(name -> !name.equals(adapter))
            .map(name -> base + "." + name + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(base + "." + adapter + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }
}
