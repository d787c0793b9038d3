package com.openagents.runtime.testkit.generate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the generators were seen to make, down to the parts of parts.
final class Seen {

  private static final int SEEDS = 300;

  private final Set<Class<?>> records = new HashSet<>();
  private final Set<Enum<?>> constants = new HashSet<>();

  /// Lets every generator of the package make whatever it makes, many times.
  static Seen ofEveryGenerator() {
    Seen seen = new Seen();
    Classes.beside(Values.class).stream()
        .filter(Seen::isGenerator)
        .forEach(generator -> seen.lookAt(generator));
    return seen;
  }

  private static boolean isGenerator(Class<?> type) {
    return Arrays.stream(type.getConstructors())
        .anyMatch(made ->
            Arrays.equals(made.getParameterTypes(), new Class<?>[] {RandomGenerator.class}));
  }

  private void lookAt(Class<?> generator) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      RandomGenerator random = Seeds.random(seed);
      for (Method method : generator.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())
            && !Modifier.isStatic(method.getModifiers())
            && method.getParameterCount() == 0) {
          add(made(generator, random, method));
        }
      }
    }
  }

  private static Object made(Class<?> generator, RandomGenerator random, Method method) {
    try {
      return method.invoke(generator.getConstructor(RandomGenerator.class).newInstance(random));
    } catch (InvocationTargetException e) {
      throw new AssertionError(generator + " fails at " + method.getName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private void add(@Nullable Object value) {
    switch (value) {
      case Record made -> {
        records.add(made.getClass());
        Arrays.stream(made.getClass().getRecordComponents()).forEach(part -> add(part(made, part)));
      }
      case Collection<?> several -> several.forEach(this::add);
      case Map<?, ?> several -> several.values().forEach(this::add);
      case Enum<?> constant -> constants.add(constant);
      case null, default -> {}
    }
  }

  private static @Nullable Object part(Record whole, RecordComponent part) {
    try {
      Method accessor = part.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(whole);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  Set<Class<?>> records() {
    return records;
  }

  Set<Enum<?>> constants() {
    return constants;
  }
}
