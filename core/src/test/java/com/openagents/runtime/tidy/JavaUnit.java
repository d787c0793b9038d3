package com.openagents.runtime.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;

/// A Java source with its syntax tree.
record JavaUnit(Source source, CompilationUnitTree tree, SourcePositions positions) {

  /// The place of `node` as a compiler would name it.
  String at(Tree node) {
    return source.path() + ":" + firstLine(node);
  }

  long lines(Tree node) {
    long last = tree.getLineMap().getLineNumber(positions.getEndPosition(tree, node));
    return last - firstLine(node) + 1;
  }

  private long firstLine(Tree node) {
    return tree.getLineMap().getLineNumber(positions.getStartPosition(tree, node));
  }
}
