package com.openagents.runtime.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Calls that hide a race or a failure, and the ways to skip a test.
final class CallRules {
  private static final String COMMAND_LINE = "app/src/main/java/com/openagents/runtime/app/cli/";

  private static final Pattern SLEEP =
      Pattern.compile("(.*\\.)?(Thread|TimeUnit|(NANO|MICRO|MILLI)?SECONDS|MINUTES)\\.sleep");
  private static final Pattern STANDARD_STREAM =
      Pattern.compile("(java\\.lang\\.)?System\\.(out|err)");
  private static final Pattern STACK_TRACE = Pattern.compile(".*\\.printStackTrace");
  private static final Pattern ASSUMPTION = Pattern.compile("org\\..*\\.Assumptions(\\..*)?");
  private static final Pattern SKIP =
      Pattern.compile("(.*\\.)?(Disabled|Enabled)((If|In|On|For)\\w+|If)?");

  private CallRules() {}

  static List<String> calls(SourceTree tree) {
    var violations = new ArrayList<String>();
    tree.javaUnitsInModules().forEach(unit -> new Calls(unit, violations).scan(unit.tree(), null));
    return violations;
  }

  private static final class Calls extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final JavaUnit unit;
    private final List<String> violations;

    Calls(JavaUnit unit, List<String> violations) {
      this.unit = unit;
      this.violations = violations;
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void unused) {
      check(select, select.toString());
      return super.visitMemberSelect(select, null);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree method, @Nullable Void unused) {
      check(method, method.getQualifierExpression() + "." + method.getName());
      return super.visitMemberReference(method, null);
    }

    private void check(Tree tree, String name) {
      var onCommandLine = unit.source().path().startsWith(COMMAND_LINE);
      if (SLEEP.matcher(name).matches()
          || STACK_TRACE.matcher(name).matches()
          || (STANDARD_STREAM.matcher(name).matches() && !onCommandLine)) {
        violations.add(unit.at(tree) + " " + name);
      }
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void unused) {
      var name = annotation.getAnnotationType().toString();
      if (SKIP.matcher(name).matches()) {
        violations.add(unit.at(annotation) + " @" + name);
      }
      return super.visitAnnotation(annotation, null);
    }

    @Override
    public @Nullable Void visitImport(ImportTree imported, @Nullable Void unused) {
      var name = imported.getQualifiedIdentifier().toString();
      if (ASSUMPTION.matcher(name).matches()) {
        violations.add(unit.at(imported) + " " + name);
      }
      return super.visitImport(imported, null);
    }
  }
}
