package com.openagents.runtime.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.app.architecture.planted.http.Importing;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AdaptersTest {
  private static final String BASE = "com.openagents.runtime";
  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);

  @ParameterizedTest
  @FieldSource("com.openagents.runtime.app.architecture.AdapterRules#ADAPTERS")
  void an_adapter_imports_neither_another_nor_the_app(String adapter) {
    AdapterRules.standsAlone(BASE, adapter).check(SERVICE);
  }

  @Test
  void an_adapter_that_imports_another_is_found() {
    var planted = Importing.class.getPackageName().replaceFirst("\\.http$", "");
    var classes = new ClassFileImporter().importPackages(planted);
    assertThat(AdapterRules.standsAlone(planted, "http").evaluate(classes).hasViolation()).isTrue();
    assertThat(AdapterRules.standsAlone(planted, "postgres").evaluate(classes).hasViolation())
        .isFalse();
  }
}
