package com.openagents.runtime.event;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The records of all event families, by reflection: what the codec must cover.
final class KnownEvents {

  private KnownEvents() {}

  /// The records in the order of their families.
  static List<Class<?>> records() {
    return leaves(Event.Known.class).toList();
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(KnownEvents::leaves);
  }

  /// Whether a record is an object within a payload rather than a scalar of its own.
  static boolean isPart(Class<?> type) {
    return type.isRecord() && type.getPackage().equals(Event.class.getPackage());
  }

  static boolean isOptional(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    return type.isAnnotationPresent(Nullable.class);
  }

  static String name(RecordComponent component) {
    return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
  }

  static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /// The type of the items of a list.
  static Class<?> item(RecordComponent component) {
    var list = (AnnotatedParameterizedType) component.getAnnotatedType();
    return (Class<?>) list.getAnnotatedActualTypeArguments()[0].getType();
  }

  /// The objects within payloads, each once, in the order in which they are met.
  static List<Class<?>> parts() {
    var parts = new ArrayList<Class<?>>();
    records().forEach(record -> addParts(record, parts));
    return parts;
  }

  private static void addParts(Class<?> record, List<Class<?>> parts) {
    for (RecordComponent component : record.getRecordComponents()) {
      var type = component.getType().equals(List.class) ? item(component) : component.getType();
      if (isPart(type) && !parts.contains(type)) {
        parts.add(type);
        addParts(type, parts);
      }
    }
  }

  /// The enums that fields are of, each once.
  static List<Class<?>> vocabularies() {
    var vocabularies = new ArrayList<Class<?>>();
    components()
        .map(RecordComponent::getType)
        .filter(Class::isEnum)
        .distinct()
        .forEach(vocabularies::add);
    return vocabularies;
  }

  static Set<String> optionalFields() {
    var names = new TreeSet<String>();
    components().filter(KnownEvents::isOptional).forEach(component -> names.add(name(component)));
    return names;
  }

  private static Stream<RecordComponent> components() {
    return Stream.concat(records().stream(), parts().stream())
        .flatMap(record -> Arrays.stream(record.getRecordComponents()));
  }
}
