package com.openagents.runtime.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PackageRulesTest {
  private static final String PATH = "core/src/main/java/p/package-info.java";
  private static final String IMPORT = "package p;\nimport org.jspecify.annotations.NullMarked;\n";

  @Test
  void a_package_that_says_what_it_holds_is_in_order() {
    assertThat(violations("/// What happens\n/// to a run.\n@NullMarked\n" + IMPORT)).isEmpty();
  }

  @Test
  void a_missing_package_info_is_found() {
    var tree = SourceTree.of(new Source("core/src/main/java/p/A.java", "package p; class A {}"));
    assertThat(PackageRules.packageInfos(tree)).containsExactly(PATH + " is missing");
  }

  @Test
  void a_package_without_a_sentence_is_found() {
    assertThat(violations("/// runs\n@NullMarked\n" + IMPORT))
        .containsExactly(PATH + " has no sentence that says what the package holds");
  }

  @Test
  void a_package_that_is_not_null_marked_is_found() {
    assertThat(violations("/// What happens to a run.\n" + IMPORT))
        .containsExactly(PATH + " is not @NullMarked");
  }

  private static List<String> violations(String text) {
    return PackageRules.packageInfos(SourceTree.of(new Source(PATH, text)));
  }
}
