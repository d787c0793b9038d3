package com.openagents.runtime.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsDocumentTest {

  @Test
  void the_page_in_docs_is_the_one_that_the_code_writes() {
    assertThat(Path.of("..", "docs", "settings.md"))
        .content()
        .isEqualTo(SettingsDocument.markdown());
  }

  @Test
  void every_setting_is_on_the_page() {
    for (Setting<?> setting : Catalog.ALL) {
      assertThat(SettingsDocument.markdown()).contains("| `" + setting.name() + "` |");
    }
  }
}
