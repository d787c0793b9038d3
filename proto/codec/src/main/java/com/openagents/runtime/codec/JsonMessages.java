package com.openagents.runtime.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.Timestamps;
import com.openagents.runtime.event.EventCodec;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.identity.TraceId;
import com.openagents.runtime.proto.protocol.v1.Envelope;
import org.jspecify.annotations.Nullable;

/// Messages of JSON that has their fields.
final class JsonMessages {

  private JsonMessages() {}

  /// @throws IllegalArgumentException when the JSON has a field that the message has not, or a
  ///   value of another kind
  static Message message(Json.Obj json, Descriptor type) {
    if (type.equals(Envelope.getDescriptor())) {
      return envelope(json);
    }
    DynamicMessage.Builder out = DynamicMessage.newBuilder(type);
    json.fields().forEach((name, value) -> set(out, field(type, name), value));
    return out.build();
  }

  private static FieldDescriptor field(Descriptor type, String jsonName) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJsonName().equals(jsonName)) {
        return field;
      }
    }
    throw new IllegalArgumentException(type.getName() + " has no field " + jsonName);
  }

  private static void set(DynamicMessage.Builder out, FieldDescriptor field, Json value) {
    if (value instanceof Json.Null) {
      return;
    }
    if (!field.isRepeated()) {
      out.setField(field, one(field, value));
    } else if (value instanceof Json.Arr(var items)) {
      items.forEach(item -> out.addRepeatedField(field, one(field, item)));
    } else {
      throw new IllegalArgumentException(field.getFullName() + " is a list");
    }
  }

  private static Object one(FieldDescriptor field, Json value) {
    return switch (field.getType()) {
      case STRING -> text(value);
      case BOOL -> flag(value);
      case UINT32 -> Scalars.uint32(whole(value));
      case INT64 -> whole(value);
      case DOUBLE -> fraction(value);
      case MESSAGE -> message(field.getMessageType(), value);
      default -> throw new IllegalArgumentException(field + " is of a kind that no body has");
    };
  }

  private static Message message(Descriptor type, Json value) {
    if (type.getFullName().equals("google.protobuf.Timestamp")) {
      return Scalars.timestamp(Timestamps.read(text(value)));
    }
    Json.Obj object = object(value);
    return type.getFullName().equals("google.protobuf.Struct")
        ? JsonProto.write(object)
        : message(object, type);
  }

  /// The payload stands in the member that is its type's.
  private static Envelope envelope(Json.Obj json) {
    Json traceId = json.get("traceId");
    Json epoch = json.get("epoch");
    Json hash = json.get("hash");
    Envelope.Builder out =
        ProtoEvents.toProto(
            new com.openagents.runtime.event.Envelope(
                RunId.parse(text(json.get("runId"))),
                whole(json.get("seq")),
                EventCodec.read(
                    text(json.get("type")),
                    Math.toIntExact(whole(json.get("version"))),
                    object(json.get("payload"))),
                Timestamps.read(text(json.get("occurredAt"))),
                traceId == null ? null : new TraceId(text(traceId)),
                epoch == null ? null : whole(epoch)))
            .toBuilder();
    return hash == null ? out.build() : out.setHash(text(hash)).build();
  }

  private static String text(@Nullable Json value) {
    if (value instanceof Json.Str(String text)) {
      return text;
    }
    throw new IllegalArgumentException("not a text");
  }

  private static boolean flag(Json value) {
    if (value instanceof Json.Bool(boolean flag)) {
      return flag;
    }
    throw new IllegalArgumentException("not true or false");
  }

  private static long whole(@Nullable Json value) {
    if (value instanceof Json.Num(double number) && number == Math.rint(number)) {
      return (long) number;
    }
    throw new IllegalArgumentException("not a whole number");
  }

  private static double fraction(Json value) {
    if (value instanceof Json.Num(double number)) {
      return number;
    }
    throw new IllegalArgumentException("not a number");
  }

  private static Json.Obj object(@Nullable Json value) {
    if (value instanceof Json.Obj object) {
      return object;
    }
    throw new IllegalArgumentException("not an object");
  }
}
