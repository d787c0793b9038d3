package com.openagents.runtime.architecture;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The compiled classes of core, and the packages they make up, named without the base package.
record CoreClasses(JavaClasses classes) {
  static final String BASE = "com.openagents.runtime";

  static CoreClasses ofThisModule() {
    return new CoreClasses(
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE));
  }

  /// Every package that holds a class beside its description, with the packages its classes use.
  Map<String, Set<String>> uses() {
    return classes.stream()
        .filter(type -> !type.getSimpleName().equals("package-info"))
        .collect(
            groupingBy(
                CoreClasses::packageOf,
                TreeMap::new,
                flatMapping(
                    type ->
                        type.getDirectDependenciesFromSelf().stream()
                            .map(Dependency::getTargetClass)
                            .map(JavaClass::getBaseComponentType)
                            .filter(used -> used.getPackageName().startsWith(BASE))
                            .map(CoreClasses::packageOf)
                            .filter(name -> !name.equals(packageOf(type))),
                    toCollection(TreeSet::new))));
  }

  private static String packageOf(JavaClass type) {
    var name = type.getPackageName();
    return name.equals(BASE) ? "" : name.substring(BASE.length() + 1);
  }
}
