package com.openagents.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.event.EventCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Protobuf's own JSON of an event is the runtime's JSON of it, but for 64-bit numbers, which
/// protobuf writes as strings, and the name under which the payload stands.
class ProtobufJsonTest {

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence();

  static List<Envelope> golden() {
    return GoldenFiles.decoded();
  }

  private static Json.Obj json(Message message) throws InvalidProtocolBufferException {
    return numbers(message.getDescriptorForType().getFields(), parsed(message));
  }

  private static Json.Obj parsed(Message message) throws InvalidProtocolBufferException {
    return (Json.Obj) JsonReader.read(PRINTER.print(message));
  }

  /// Makes numbers of the strings in 64-bit fields.
  private static Json.Obj numbers(List<FieldDescriptor> fields, Json.Obj object) {
    Map<String, Json> normalised = new LinkedHashMap<>(object.fields());
    for (FieldDescriptor field : fields) {
      normalised.computeIfPresent(field.getJsonName(), (_, value) -> number(field, value));
    }
    return new Json.Obj(normalised);
  }

  private static Json number(FieldDescriptor field, Json value) {
    return switch (value) {
      case Json.Str(String text) when field.getType() == FieldDescriptor.Type.INT64 ->
          Json.of((double) Long.parseLong(text));
      case Json.Obj object when !field.getMessageType().getFullName().startsWith("google.") ->
          numbers(field.getMessageType().getFields(), object);
      default -> value;
    };
  }

  private static Json.Obj payloadRenamed(Message envelope, Json.Obj json) {
    var oneof = envelope.getDescriptorForType().getOneofs().getFirst();
    var member = Objects.requireNonNull(envelope.getOneofFieldDescriptor(oneof)).getJsonName();
    Map<String, Json> renamed = new LinkedHashMap<>();
    json.fields()
        .forEach((name, value) -> renamed.put(name.equals(member) ? "payload" : name, value));
    return new Json.Obj(renamed);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void equals_the_runtimes(Envelope envelope) throws InvalidProtocolBufferException {
    Message proto = ProtoEvents.toProto(envelope);
    assertThat(CanonicalJson.write(payloadRenamed(proto, json(proto))))
        .isEqualTo(CanonicalJson.write(EventCodec.toJson(envelope)));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void reads_the_runtimes(Envelope envelope) throws InvalidProtocolBufferException {
    var proto = ProtoEvents.toProto(envelope);
    var oneof = proto.getDescriptorForType().getOneofs().getFirst();
    var member = Objects.requireNonNull(proto.getOneofFieldDescriptor(oneof));
    var read = ((Message) proto.getField(member)).newBuilderForType();
    JsonFormat.parser().merge(CanonicalJson.write(EventCodec.payloadJson(envelope.event())), read);
    assertThat(read.build()).isEqualTo(proto.getField(member));
  }
}
