package com.openagents.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EventsDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/events.md");

  /// Started with `-Ddocs.write=true`, writes the page anew.
  @Test
  void is_what_the_types_say() throws IOException {
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(DOCUMENT, EventsDocument.text());
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(EventsDocument.text());
  }
}
