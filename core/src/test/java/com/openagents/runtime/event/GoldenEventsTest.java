package com.openagents.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every version of every event that was ever written is read, and written again as it was.
class GoldenEventsTest {

  static List<GoldenEvent> all() {
    return GoldenEvent.all();
  }

  static Stream<GoldenEvent> current() {
    return all().stream().filter(GoldenEvent::isCurrent);
  }

  static Stream<GoldenEvent> older() {
    return all().stream().filter(golden -> !golden.isCurrent());
  }

  @ParameterizedTest
  @MethodSource("current")
  void is_written_as_it_was_read(GoldenEvent golden) {
    var envelope = EventCodec.decode(golden.stored());
    assertThat(CanonicalJson.write(EventCodec.toJson(envelope)))
        .isEqualTo(CanonicalJson.write(golden.envelope()));
    assertThat(EventCodec.payload(envelope.event())).isEqualTo(golden.stored().payload());
  }

  @ParameterizedTest
  @MethodSource("older")
  void is_lifted_to_an_event_of_the_current_version(GoldenEvent golden) {
    var event = EventCodec.decode(golden.stored()).event();
    assertThat(event.version()).isGreaterThan(golden.version());
    assertThat(event.type()).isEqualTo(golden.type());
    assertThat(EventCodec.read(event.type(), event.version(), EventCodec.payloadJson(event)))
        .isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("all")
  void is_shown_by_an_export_as_it_was_written(GoldenEvent golden) {
    assertThat(EventCodec.toJson(golden.stored())).isEqualTo(golden.envelope());
  }

  @ParameterizedTest
  @MethodSource("all")
  void stands_in_a_file_of_its_name(GoldenEvent golden) {
    assertThat(golden.file())
        .matches(golden.type() + "\\.v" + golden.version() + "(\\.[a-z]+)?\\.json");
  }

  @ParameterizedTest
  @EnumSource
  void is_there_in_every_version(EventType type) {
    var versions =
        all().stream()
            .filter(golden -> golden.type().equals(type.wireName()))
            .map(GoldenEvent::version)
            .distinct()
            .sorted()
            .toList();
    assertThat(versions).isEqualTo(IntStream.rangeClosed(1, type.version()).boxed().toList());
    assertThat(Upcasters.steps(type)).hasSize(type.version() - 1);
  }

  @Test
  void is_there_for_every_record_of_every_family() {
    List<Class<?>> written = new ArrayList<>();
    current().forEach(golden -> written.add(EventCodec.decode(golden.stored()).event().getClass()));
    var records = KnownEvents.records();
    assertThat(written).containsAll(records);
    assertThat(records).hasSameSizeAs(EventType.values());
  }

  @Test
  void is_there_with_and_without_every_optional_field() {
    var present = new TreeSet<String>();
    var absent = new TreeSet<String>();
    current()
        .map(golden -> EventCodec.decode(golden.stored()).event())
        .forEach(event -> collect((Record) event, present, absent));
    var optional = KnownEvents.optionalFields();
    assertThat(optional).isNotEmpty();
    assertThat(present).isEqualTo(optional);
    assertThat(absent).isEqualTo(optional);
  }

  private static void collect(Record value, Set<String> present, Set<String> absent) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      var field = KnownEvents.value(value, component);
      if (KnownEvents.isOptional(component)) {
        (field == null ? absent : present).add(KnownEvents.name(component));
      }
      if (field instanceof Record nested && KnownEvents.isPart(nested.getClass())) {
        collect(nested, present, absent);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("current")
  void is_corrupt_without_a_needed_field_and_readable_without_another(GoldenEvent golden) {
    var type = EventCodec.decode(golden.stored()).event().getClass();
    for (RecordComponent component : type.getRecordComponents()) {
      var without = Json.object();
      golden
          .payload()
          .fields()
          .forEach((name, value) -> {
            if (!name.equals(component.getName())) {
              without.put(name, value);
            }
          });
      var damage = damage(golden.stored(without.build()));
      if (KnownEvents.isOptional(component)) {
        assertThat(damage).isEmpty();
      } else {
        assertThat(damage).contains("payload." + component.getName() + " is missing");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("current")
  void is_corrupt_with_a_field_of_another_type(GoldenEvent golden) {
    var free = List.of("progress", "output");
    golden.payload().fields().keySet().stream()
        .filter(name -> !free.contains(name))
        .forEach(name -> {
          var payload = Json.object();
          golden.payload().fields().forEach(payload::put);
          payload.put(name, Json.array(List.of(Json.of(0.5))));
          assertThat(damage(golden.stored(payload.build()))).contains("payload." + name);
        });
  }

  private static String damage(StoredEvent stored) {
    try {
      EventCodec.decode(stored);
      return "";
    } catch (CorruptEvent e) {
      return String.valueOf(e.getMessage());
    }
  }
}
