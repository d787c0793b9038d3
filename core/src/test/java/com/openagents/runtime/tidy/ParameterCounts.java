package com.openagents.runtime.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// Counts what the records and constructors of one source take.
final class ParameterCounts extends TreeScanner<@Nullable Void, @Nullable Void> {

  /// How many values the record or the constructor of `type` takes.
  record Counted(String at, String type, long values) {
    @Override
    public String toString() {
      return "%s %s takes %d values".formatted(at, type, values);
    }
  }

  private final JavaUnit unit;
  private final Deque<String> names = new ArrayDeque<>();
  private final List<Counted> counts = new ArrayList<>();

  private ParameterCounts(JavaUnit unit) {
    this.unit = unit;
  }

  static List<Counted> in(JavaUnit unit) {
    var scanner = new ParameterCounts(unit);
    scanner.scan(unit.tree(), null);
    return scanner.counts;
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
    names.addLast(type.getSimpleName().toString());
    if (type.getKind() == Tree.Kind.RECORD) {
      add(type, components(type));
    }
    super.visitClass(type, null);
    names.removeLast();
    return null;
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
    if (method.getReturnType() == null) {
      add(method, method.getParameters().size());
    }
    return super.visitMethod(method, null);
  }

  private void add(Tree tree, long values) {
    var type = unit.tree().getPackageName() + "." + String.join(".", names);
    counts.add(new Counted(unit.at(tree), type, values));
  }

  /// In a record, every field that is not static is a component.
  private static long components(ClassTree type) {
    return type.getMembers().stream()
        .filter(VariableTree.class::isInstance)
        .map(VariableTree.class::cast)
        .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
        .count();
  }
}
