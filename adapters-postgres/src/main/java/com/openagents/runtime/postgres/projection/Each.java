package com.openagents.runtime.postgres.projection;

import static org.jooq.impl.DSL.val;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// A parameter for each item of a list, as the arrays that `unnest` takes.
final class Each {

  private Each() {}

  static <I> Field<String[]> text(Collection<I> items, Function<I, @Nullable String> part) {
    return of(items, part, String[]::new);
  }

  /// Those of some texts that PostgreSQL can keep: what has U+0000 is in none of its rows.
  static Field<String[]> keepable(Collection<String> texts) {
    return text(texts.stream().filter(text -> text.indexOf(0) < 0).toList(), text -> text);
  }

  static <I> Field<Long[]> number(Collection<I> items, Function<I, @Nullable Long> part) {
    return of(items, part, Long[]::new);
  }

  private static <I, T> Field<T[]> of(
      Collection<I> items, Function<I, @Nullable T> part, IntFunction<T[]> array) {
    return val(items.stream().map(part).toArray(array));
  }
}
