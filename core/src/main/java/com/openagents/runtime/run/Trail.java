package com.openagents.runtime.run;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// An immutable list that grows and changes only at its end, where the new list shares all but a
/// few elements with the old one: what is folded of a long log never copies what came before.
///
/// The last elements are in an array of their own; whole arrays before them are kept in a trail of
/// arrays. So growing copies at most 32 elements, and a few more where an array is full; finding
/// one takes as many looks as there are levels, four in a million.
public final class Trail<E> extends AbstractList<E> implements RandomAccess {

  private static final int CHUNK = 32;
  private static final Trail<?> EMPTY = new Trail<>();

  /// The chunks before the last, or null while the tail holds everything.
  private final @Nullable Trail<Object[]> before;

  private final Object[] tail;
  private final int size;

  private Trail() {
    this(null, new Object[0]);
  }

  private Trail(@Nullable Trail<Object[]> before, Object[] tail) {
    this.before = before;
    this.tail = tail;
    this.size = (before == null ? 0 : before.size * CHUNK) + tail.length;
  }

  @SuppressWarnings("unchecked")
  public static <E> Trail<E> empty() {
    return (Trail<E>) EMPTY;
  }

  /// The same elements as a trail; a trail is its own copy.
  @SuppressWarnings("unchecked")
  public static <E> Trail<E> copyOf(Collection<? extends E> elements) {
    return elements instanceof Trail<?> trail
        ? (Trail<E>) trail
        : Trail.<E>empty().withAll(elements);
  }

  public Trail<E> with(E element) {
    if (tail.length < CHUNK) {
      Object[] longer = Arrays.copyOf(tail, tail.length + 1);
      longer[tail.length] = element;
      return new Trail<>(before, longer);
    }
    Trail<Object[]> chunks = before == null ? empty() : before;
    return new Trail<>(chunks.with(tail), new Object[] {element});
  }

  public Trail<E> withAll(Collection<? extends E> elements) {
    Trail<E> longer = this;
    for (E element : elements) {
      longer = longer.with(element);
    }
    return longer;
  }

  /// The same with another last element.
  ///
  /// @throws NoSuchElementException when there is none
  public Trail<E> withLast(E element) {
    if (tail.length == 0) {
      throw new NoSuchElementException("an empty trail has no last element");
    }
    Object[] changed = tail.clone();
    changed[tail.length - 1] = element;
    return new Trail<>(before, changed);
  }

  @Override
  @SuppressWarnings("unchecked")
  public E get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    int early = size - tail.length;
    return (E) (before == null || index >= early ? tail[index - early] : chunk(before, index));
  }

  private static Object chunk(Trail<Object[]> before, int index) {
    return before.get(index / CHUNK)[index % CHUNK];
  }

  @Override
  public int size() {
    return size;
  }
}
