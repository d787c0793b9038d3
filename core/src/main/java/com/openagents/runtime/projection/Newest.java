package com.openagents.runtime.projection;

import com.openagents.runtime.run.Trail;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/// The newest of many elements as an immutable list, oldest first, that shares most of them with
/// the list that it grew from.
final class Newest<E> extends AbstractList<E> implements RandomAccess {

  /// What is older is kept for as many elements, so that it need not be let go of with each.
  private static final int SLACK = 4;

  private final int max;
  private final Trail<E> all;

  private Newest(int max, Trail<E> all) {
    this.max = max;
    this.all = all;
  }

  /// The newest of a list; one of these is its own copy.
  ///
  /// @param max how many elements it has at most
  static <E> Newest<E> copyOf(List<E> elements, int max) {
    return elements instanceof Newest<E> newest && newest.max == max
        ? newest
        : new Newest<>(max, Trail.copyOf(elements));
  }

  Newest<E> with(E element) {
    Trail<E> more = all.size() < SLACK * max ? all : Trail.<E>empty().withAll(this);
    return new Newest<>(max, more.with(element));
  }

  @Override
  public E get(int index) {
    return all.get(all.size() - size() + index);
  }

  @Override
  public int size() {
    return Math.min(max, all.size());
  }

  /// Two of different lengths are told apart at once, however much of them is the same.
  @Override
  public boolean equals(Object other) {
    return other instanceof List<?> list && list.size() == size() && super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
