package com.openagents.runtime.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.event.EventType;
import com.openagents.runtime.identity.FrameId;
import com.openagents.runtime.identity.NodeId;
import com.openagents.runtime.identity.Principal;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.ThreadId;
import com.openagents.runtime.proto.protocol.v1.Envelope;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The schemas and core's types say the same: neither has a type, a field, an optional mark or a
/// scalar that the other lacks.
class SchemaDriftTest {

  private static final Set<Class<?>> TEXTS =
      Set.of(
          String.class,
          Digest.class,
          FrameId.class,
          NodeId.class,
          Principal.class,
          RunId.class,
          ThreadId.class);

  /// Sequences, which fit into 32 bits although Java counts them in 64.
  private static final Set<String> SEQUENCES = Set.of("atSeq", "consumesThrough", "throughSeq");

  static List<Class<?>> records() {
    return leaves(Event.Known.class).toList();
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(SchemaDriftTest::leaves);
  }

  private static Map<String, Descriptor> messages() {
    return Envelope.getDescriptor().getOneofs().getFirst().getFields().stream()
        .filter(field -> !field.getName().equals("unrecognized"))
        .map(FieldDescriptor::getMessageType)
        .collect(Collectors.toMap(Descriptor::getName, Function.identity()));
  }

  @Test
  void have_one_message_for_each_record() {
    assertThat(messages().keySet())
        .containsExactlyInAnyOrderElementsOf(records().stream().map(Class::getSimpleName).toList());
  }

  @Test
  void name_the_members_of_the_envelope_after_the_types() {
    var members =
        Envelope.getDescriptor().getOneofs().getFirst().getFields().stream()
            .map(FieldDescriptor::getName)
            .filter(name -> !name.equals("unrecognized"))
            .toList();
    assertThat(members)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EventType.values())
                .map(type -> type.wireName().replace('.', '_'))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("records")
  void have_the_same_fields(Class<?> record) {
    assertSame(record, requireNonNull(messages().get(record.getSimpleName())));
  }

  /// The hash is beside the event, in the answers of the API alone.
  @Test
  void have_the_same_envelope() {
    var core = new TreeMap<String, String>();
    Arrays.stream(com.openagents.runtime.event.Envelope.class.getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> name.equals("event") ? "payload" : name)
        .forEach(name -> core.put(name, name));
    core.put("type", "type");
    core.put("version", "version");
    core.put("hash", "hash");
    var proto =
        Envelope.getDescriptor().getFields().stream()
            .map(field -> inPayload(field) ? "payload" : field.getJsonName())
            .distinct()
            .toList();
    assertThat(proto).containsExactlyInAnyOrderElementsOf(core.keySet());
  }

  private static boolean inPayload(FieldDescriptor field) {
    return field.getRealContainingOneof() != null;
  }

  private static void assertSame(Class<?> record, Descriptor message) {
    var fields =
        message.getFields().stream()
            .collect(Collectors.toMap(FieldDescriptor::getJsonName, Function.identity()));
    assertThat(fields.keySet())
        .as("fields of %s", message.getFullName())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList());
    for (RecordComponent component : record.getRecordComponents()) {
      assertSame(component, requireNonNull(fields.get(component.getName())));
    }
  }

  private static void assertSame(RecordComponent component, FieldDescriptor field) {
    var optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    assertThat(field.toProto().getProto3Optional())
        .as("%s may be absent", field.getFullName())
        .isEqualTo(optional);
    var list = component.getType().equals(List.class);
    assertThat(field.isRepeated()).as("%s is a list", field.getFullName()).isEqualTo(list);
    Class<?> type = list ? item(component) : component.getType();
    assertThat(kind(field)).as("kind of %s", field.getFullName()).isEqualTo(kind(component, type));
    if (isPart(type)) {
      assertSame(type, field.getMessageType());
    }
  }

  private static Class<?> item(RecordComponent component) {
    var list = (AnnotatedParameterizedType) component.getAnnotatedType();
    return (Class<?>) list.getAnnotatedActualTypeArguments()[0].getType();
  }

  private static boolean isPart(Class<?> type) {
    return type.isRecord() && type.getPackage().equals(Event.class.getPackage());
  }

  private static String kind(RecordComponent component, Class<?> type) {
    if (isPart(type)) {
      return "message";
    }
    if (TEXTS.contains(type) || type.isEnum()) {
      return "string";
    }
    if (type.equals(Json.Obj.class)) {
      return "google.protobuf.Struct";
    }
    if (type.equals(Json.class)) {
      return "google.protobuf.Value";
    }
    if (type.equals(Instant.class)) {
      return "google.protobuf.Timestamp";
    }
    return switch (type.getSimpleName()) {
      case "boolean" -> "bool";
      case "int" -> "uint32";
      case "long", "Long" -> SEQUENCES.contains(component.getName()) ? "uint32" : "int64";
      default -> throw new AssertionError("no kind for " + type);
    };
  }

  private static String kind(FieldDescriptor field) {
    if (field.getType() != FieldDescriptor.Type.MESSAGE) {
      return field.toProto().getType().name().replace("TYPE_", "").toLowerCase(Locale.ROOT);
    }
    var name = field.getMessageType().getFullName();
    return name.startsWith("google.") ? name : "message";
  }
}
