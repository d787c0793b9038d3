package com.openagents.runtime.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The newest elements of a list that grows.
class NewestTest {

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void it_holds_the_newest_of_all_that_came() {
    Newest<Integer> newest = Newest.copyOf(List.of(), 5);
    for (int number = 0; number < 100; number++) {
      newest = newest.with(number);
      assertThat(newest).isEqualTo(numbers(Math.max(0, number - 4), number + 1));
    }
  }

  @Test
  void what_it_grew_from_stays_as_it_was() {
    List<Newest<Integer>> all = new ArrayList<>(List.of(Newest.copyOf(List.of(), 3)));
    for (int number = 0; number < 40; number++) {
      all.add(all.getLast().with(number));
      all.getLast().with(-1);
    }
    for (int number = 0; number <= 40; number++) {
      assertThat(all.get(number)).isEqualTo(numbers(Math.max(0, number - 3), number));
    }
  }

  @Test
  void a_longer_list_gives_its_newest_and_one_that_is_so_gives_itself() {
    Newest<Integer> newest = Newest.copyOf(numbers(0, 9), 4);
    assertThat(newest).isEqualTo(numbers(5, 9)).hasSameHashCodeAs(numbers(5, 9));
    assertThat(Newest.copyOf(newest, 4)).isSameAs(newest);
    assertThat(Newest.copyOf(newest, 3)).isEqualTo(numbers(6, 9));
    assertThat(newest).isNotEqualTo(numbers(5, 8)).isNotEqualTo(numbers(4, 8));
  }
}
