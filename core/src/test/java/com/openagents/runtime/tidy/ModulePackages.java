package com.openagents.runtime.tidy;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreeScanner;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which packages of a module use which others of it, read from its sources: imports and names
/// written out in full. Named without the base package.
final class ModulePackages {
  private static final String BASE = "com.openagents.runtime.";

  /// A name that goes as far as a type; what stands before it is its package.
  private static final Pattern TYPE =
      Pattern.compile(Pattern.quote(BASE) + "([a-z0-9.]+)\\.[A-Z*]");

  private ModulePackages() {}

  /// @param module the module's directory, such as `adapters-http`
  static Map<String, Set<String>> uses(SourceTree tree, String module) {
    var uses = new TreeMap<String, Set<String>>();
    tree.javaUnits().stream()
        .filter(unit -> unit.source().path().startsWith(module + "/src/main/java/"))
        .filter(unit -> !unit.source().path().endsWith("/package-info.java"))
        .forEach(unit ->
            uses.computeIfAbsent(packageOf(unit), _ -> new TreeSet<>()).addAll(named(unit)));
    uses.forEach((name, used) -> {
      used.retainAll(uses.keySet());
      used.remove(name);
    });
    return uses;
  }

  private static String packageOf(JavaUnit unit) {
    return String.valueOf(unit.tree().getPackageName()).substring(BASE.length());
  }

  private static Set<String> named(JavaUnit unit) {
    var names = new TreeSet<String>();
    new TypeNames().scan(unit.tree(), names);
    return names;
  }

  private static final class TypeNames extends TreeScanner<@Nullable Void, Set<String>> {
    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree select, Set<String> packages) {
      var type = TYPE.matcher(select.toString());
      if (type.lookingAt()) {
        packages.add(type.group(1));
      }
      return super.visitMemberSelect(select, packages);
    }
  }
}
