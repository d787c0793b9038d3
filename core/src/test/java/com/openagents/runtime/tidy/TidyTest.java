package com.openagents.runtime.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The sources of this repository keep every rule of this package.
class TidyTest {
  private static final SourceTree TREE = SourceTree.ofThisRepository();

  @Test
  void the_whole_repository_is_read() {
    assertThat(TREE.sources()).extracting(Source::path).contains("pom.xml", "README.md");
    assertThat(TREE.javaUnits())
        .extracting(unit -> unit.source().path())
        .anyMatch(path -> path.startsWith("core/src/main/"))
        .anyMatch(path -> path.startsWith("app/src/main/"));
  }

  @Test
  void files_are_short() {
    assertThat(SizeRules.files(TREE)).isEmpty();
  }

  @Test
  void methods_are_short() {
    assertThat(SizeRules.methods(TREE)).isEmpty();
  }

  @Test
  void records_and_constructors_take_few_values() {
    assertThat(SizeRules.parameters(TREE, wideRecords())).isEmpty();
  }

  @Test
  void types_are_named_after_what_they_are() {
    assertThat(NameRules.types(TREE)).isEmpty();
  }

  @Test
  void packages_are_named_after_what_they_hold() {
    assertThat(NameRules.packages(TREE)).isEmpty();
  }

  @Test
  void packages_say_what_they_hold() {
    assertThat(PackageRules.packageInfos(TREE)).isEmpty();
  }

  @Test
  void nothing_sleeps_prints_or_skips() {
    assertThat(CallRules.calls(TREE)).isEmpty();
  }

  @Test
  void no_work_is_put_off_in_a_comment() {
    assertThat(TextRules.putOffWork(TREE)).isEmpty();
  }

  @Test
  void documents_have_a_title() {
    assertThat(TextRules.markdownTitles(TREE)).isEmpty();
  }

  @Test
  void links_between_documents_lead_somewhere() {
    assertThat(TextRules.markdownLinks(TREE)).isEmpty();
  }

  @Test
  void tests_that_documents_name_are_there() {
    assertThat(TextRules.namedTests(TREE)).isEmpty();
  }

  private static Set<String> wideRecords() {
    try (var file = TidyTest.class.getResourceAsStream("/tidy/wide-records.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
