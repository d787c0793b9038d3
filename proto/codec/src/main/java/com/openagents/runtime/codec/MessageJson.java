package com.openagents.runtime.codec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import java.util.ArrayList;
import java.util.List;

/// The JSON of messages, with the numbers of 64 bits as numbers.
final class MessageJson {

  private MessageJson() {}

  /// @throws IllegalArgumentException when the message has an unknown field, or a number or time
  ///   that JSON cannot hold
  static Json.Obj json(Message message) throws InvalidProtocolBufferException {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      throw new IllegalArgumentException(
          "a %s has no field %s"
              .formatted(
                  message.getDescriptorForType().getName(),
                  message.getUnknownFields().asMap().keySet()));
    }
    Json.Builder json = Json.object();
    for (var entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      json.put(
          field.getJsonName(),
          field.isRepeated()
              ? list(field, (List<?>) entry.getValue())
              : one(field, entry.getValue()));
    }
    return json.build();
  }

  private static Json list(FieldDescriptor field, List<?> values)
      throws InvalidProtocolBufferException {
    List<Json> items = new ArrayList<>(values.size());
    for (Object value : values) {
      items.add(one(field, value));
    }
    return new Json.Arr(items);
  }

  private static Json one(FieldDescriptor field, Object value)
      throws InvalidProtocolBufferException {
    return switch (value) {
      case String text -> Json.of(text);
      case Boolean flag -> Json.of(flag);
      case Integer number when field.getType() == FieldDescriptor.Type.UINT32 ->
          Json.of((double) Scalars.seq(number));
      case Number number -> Json.of(number.doubleValue());
      case Message message -> one(message);
      default -> throw new IllegalArgumentException(field + " is of a kind that no body has");
    };
  }

  private static Json one(Message message) throws InvalidProtocolBufferException {
    return switch (message.getDescriptorForType().getFullName()) {
      case "google.protobuf.Struct" -> JsonProto.read(Struct.parseFrom(message.toByteString()));
      case "google.protobuf.Timestamp" ->
          Json.of(Timestamps.write(Scalars.time(Timestamp.parseFrom(message.toByteString()))));
      default -> json(message);
    };
  }
}
