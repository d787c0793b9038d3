package com.openagents.runtime.app.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the library is told of a clock.
class NodeClockTest {

  private final Path library = Path.of("/usr/lib/any/faketime/libfaketimeMT.so.1");

  @Test
  void a_clock_is_right_until_it_is_stepped_and_after_it_was_set(@TempDir Path folder)
      throws Exception {
    NodeClock clock = NodeClock.of(library, folder);
    Path file = Path.of(Objects.requireNonNull(clock.environment().get("FAKETIME_TIMESTAMP_FILE")));
    assertThat(file).hasContent("+0");
    clock.step(Duration.ofHours(1));
    assertThat(file).hasContent("+3600");
    clock.step(Duration.ofHours(-1));
    assertThat(file).hasContent("-3600");
    clock.set();
    assertThat(file).hasContent("+0");
    assertThat(folder.toFile().list()).containsExactly("clock");
  }

  @Test
  void time_that_passes_is_left_alone(@TempDir Path folder) throws Exception {
    assertThat(NodeClock.of(library, folder).environment())
        .containsEntry("LD_PRELOAD", library.toString())
        .containsEntry("FAKETIME_NO_CACHE", "1")
        .containsEntry("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .containsEntry("FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }
}
