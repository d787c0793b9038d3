package com.openagents.runtime.tidy;

/// A hand-written file: its path from the root of the repository, written with `/`, and its text.
record Source(String path, String text) {

  boolean isJava() {
    return path.endsWith(".java");
  }

  boolean isMarkdown() {
    return path.endsWith(".md");
  }

  /// Whether it belongs to a module, and not to the programs that build it.
  boolean isInModule() {
    return isMain() || isTest();
  }

  boolean isTest() {
    return path.contains("/src/test/");
  }

  boolean isMain() {
    return path.contains("/src/main/");
  }

  boolean isTestkit() {
    return path.startsWith("core/testkit/");
  }

  String directory() {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
