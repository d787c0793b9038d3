package com.openagents.runtime.tidy;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Reads Java by javac's own parser, so that no rule guesses at the syntax.
final class JavaParser {
  private JavaParser() {}

  /// @throws IllegalArgumentException when a source is not Java
  static List<JavaUnit> parse(List<Source> sources) {
    if (sources.isEmpty()) {
      return List.of();
    }
    var errors = new ArrayList<String>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    var task =
        (JavacTask)
            compiler.getTask(
                null,
                null,
                diagnostic -> {
                  if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                    errors.add(diagnostic.toString());
                  }
                },
                List.of("-proc:none"),
                null,
                sources.stream().map(InMemory::new).toList());
    var byUri = new HashMap<URI, Source>();
    sources.forEach(source -> byUri.put(uri(source), source));
    var positions = Trees.instance(task).getSourcePositions();
    var units = new ArrayList<JavaUnit>();
    try {
      for (CompilationUnitTree tree : task.parse()) {
        var source = byUri.get(tree.getSourceFile().toUri());
        units.add(new JavaUnit(requireNonNull(source), tree, positions));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", errors));
    }
    return units;
  }

  private static URI uri(Source source) {
    return URI.create("memory:///" + source.path());
  }

  private static final class InMemory extends SimpleJavaFileObject {
    private final Source source;

    InMemory(Source source) {
      super(uri(source), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source.text();
    }
  }
}
