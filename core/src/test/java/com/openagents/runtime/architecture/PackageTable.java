package com.openagents.runtime.architecture;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The table of a module's packages: for each its level, and what it may use.
public record PackageTable(Map<String, Row> rows) {
  private static final Pattern LEVELS = Pattern.compile("(\\d+)-(\\d+)");

  /// A line of the table. `uses` holds names of packages and ranges of levels.
  public record Row(int level, String name, List<String> uses) {
    static Row parse(String line) {
      var columns = line.split(",", 3);
      var uses = columns[2].strip();
      return new Row(
          Integer.parseInt(columns[0].strip()),
          columns[1].strip(),
          uses.isEmpty() ? List.of() : List.of(uses.split("\\s+")));
    }
  }

  public static PackageTable parse(Stream<String> lines) {
    return new PackageTable(
        lines
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Row::parse)
            .collect(
                toMap(Row::name, row -> row, (_, twice) -> failTwice(twice), LinkedHashMap::new)));
  }

  /// What is wrong between the table and the packages of the code, given as package → packages it
  /// uses.
  public List<String> violations(Map<String, Set<String>> uses) {
    var violations = new ArrayList<String>();
    uses.keySet().stream()
        .filter(name -> !rows.containsKey(name))
        .forEach(name -> violations.add(name + " is not in the table"));
    rows.values().forEach(row -> violations.addAll(wrongIn(row)));
    for (Row row : rows.values()) {
      if (!uses.containsKey(row.name())) {
        violations.add(row.name() + " is in the table, but holds no class");
      }
      var notAllowed = new TreeSet<>(uses.getOrDefault(row.name(), Set.of()));
      notAllowed.removeAll(allowed(row));
      notAllowed.forEach(used -> violations.add(row.name() + " may not use " + used));
    }
    return violations;
  }

  /// The packages that use each other in a circle, or what stands between circles; empty when there
  /// is none.
  public static Set<String> circle(Map<String, Set<String>> uses) {
    var left = new TreeMap<>(uses);
    boolean fewer = true;
    while (fewer) {
      fewer = left.entrySet().removeIf(e -> e.getValue().stream().noneMatch(left::containsKey));
    }
    return left.keySet();
  }

  private List<String> wrongIn(Row row) {
    return allowed(row).stream()
        .filter(name -> !rows.containsKey(name) || rows.get(name).level() > row.level())
        .map(name -> row.name() + " lists " + name + ", which is no package of its level or below")
        .toList();
  }

  private Set<String> allowed(Row row) {
    var allowed = new TreeSet<String>();
    for (String use : row.uses()) {
      var levels = LEVELS.matcher(use);
      if (levels.matches()) {
        int first = Integer.parseInt(levels.group(1));
        int last = Integer.parseInt(levels.group(2));
        rows.values().stream()
            .filter(other -> first <= other.level() && other.level() <= last)
            .forEach(other -> allowed.add(other.name()));
      } else {
        allowed.add(use);
      }
    }
    return allowed;
  }

  private static Row failTwice(Row row) {
    throw new IllegalArgumentException(row.name() + " is in the table twice");
  }
}
