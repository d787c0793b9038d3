package com.openagents.runtime.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextRulesTest {

  @Test
  void work_that_is_put_off_is_found_in_every_kind_of_file() {
    var word = "TO" + "DO";
    var tree =
        SourceTree.of(
            new Source("a/A.java", "class A {\n  // " + word + " later\n}\n"),
            new Source("b.sql", "-- " + word + "\n"),
            new Source("c.md", "# To do, or todo: " + word + "S\n"));
    assertThat(TextRules.putOffWork(tree)).containsExactly("a/A.java:2 " + word, "b.sql:1 " + word);
  }

  @Test
  void a_document_without_a_title_is_found() {
    var tree = SourceTree.of(new Source("a.md", "Text\n"), new Source("b.md", "# Title\n"));
    assertThat(TextRules.markdownTitles(tree)).containsExactly("a.md does not begin with a title");
  }

  @Test
  void a_link_that_leads_nowhere_is_found() {
    var text =
        """
        # Title
        ```
        [code](gone.md)
        ```
        [here](../README.md#top) [a directory](states) [out](https://example.org) [up](#title)
        [gone](gone.md)
        """;
    var tree =
        SourceTree.of(
            new Source("README.md", "# R\n"),
            new Source("docs/a.md", text),
            new Source("docs/states/run.md", "# Run\n"));
    assertThat(TextRules.markdownLinks(tree)).containsExactly("docs/a.md:6 leads nowhere: gone.md");
  }

  @Test
  void a_test_that_a_document_names_and_that_is_not_there_is_found() {
    var text = "# Title\n`ATest` and [BTest](a.md),\n    @ParameterizedTest CTest\n";
    var tree =
        SourceTree.of(new Source("a.md", text), new Source("x/ATest.java", "class ATest {}"));
    assertThat(TextRules.namedTests(tree))
        .containsExactly("a.md:2 no test: BTest", "a.md:3 no test: CTest");
  }
}
