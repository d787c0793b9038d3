package com.openagents.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrailTest {

  /// Three levels, and one element more.
  private static final int MANY = 32 * 32 * 32 + 1;

  @Test
  void a_trail_is_the_list_of_what_was_put_at_its_end() {
    Trail<Integer> trail = Trail.empty();
    for (int i = 0; i < MANY; i++) {
      trail = trail.with(i);
    }
    assertThat(trail).isEqualTo(IntStream.range(0, MANY).boxed().toList()).hasSize(MANY);
    assertThat(IntStream.range(0, MANY).boxed().toList()).isEqualTo(trail).hasSameHashCodeAs(trail);
  }

  @Test
  void growing_and_changing_leave_the_trail_before_as_it_was() {
    SplittableRandom random = new SplittableRandom(1);
    List<Trail<Integer>> trails = new ArrayList<>(List.of(Trail.empty()));
    List<List<Integer>> lists = new ArrayList<>(List.of(List.of()));
    for (int i = 0; i < 3_000; i++) {
      int from = random.nextInt(Math.max(0, trails.size() - 40), trails.size());
      List<Integer> list = new ArrayList<>(lists.get(from));
      boolean changes = !list.isEmpty() && random.nextBoolean();
      trails.add(changes ? trails.get(from).withLast(i) : trails.get(from).with(i));
      if (changes) {
        list.removeLast();
      }
      list.add(i);
      lists.add(list);
    }
    assertThat(trails).isEqualTo(lists);
    assertThat(trails).anyMatch(trail -> trail.size() > 64);
  }

  @Test
  void it_cannot_be_changed_in_place() {
    Trail<Integer> trail = Trail.<Integer>empty().with(1);
    assertThatThrownBy(() -> trail.set(0, 2)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> trail.add(2)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void there_is_nothing_beyond_its_ends() {
    Trail<Integer> trail = Trail.<Integer>empty().with(1);
    assertThatThrownBy(() -> trail.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> trail.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Trail.<Integer>empty().withLast(1))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void a_copy_of_a_trail_is_the_trail() {
    Trail<Integer> trail = Trail.copyOf(List.of(1, 2, 3));
    assertThat(trail).containsExactly(1, 2, 3);
    assertThat(Trail.copyOf(trail)).isSameAs(trail);
  }
}
