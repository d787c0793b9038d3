package com.openagents.runtime.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {

  private final List<String> closed = new ArrayList<>();

  @Test
  void what_cannot_be_closed_leaves_nothing_else_open() {
    assertThatThrownBy(() ->
            Closing.inOrder(
                failing("streams"),
                () -> closed.add("edge"),
                failing("engine"),
                () -> closed.add("store")))
        .hasMessage("streams")
        .satisfies(first ->
            assertThat(first.getSuppressed())
                .singleElement()
                .satisfies(later -> assertThat(later).hasMessage("engine")));
    assertThat(closed).containsExactly("streams", "edge", "engine", "store");
  }

  @Test
  void what_closes_well_throws_nothing() {
    Closing.inOrder(() -> closed.add("store"), () -> closed.add("database"));
    assertThat(closed).containsExactly("store", "database");
  }

  private Runnable failing(String name) {
    return () -> {
      closed.add(name);
      throw new IllegalStateException(name);
    };
  }
}
