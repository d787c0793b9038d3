package com.openagents.runtime.codec;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.openagents.runtime.canon.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Free JSON, which both sides can hold as it is.
final class JsonProto {

  private JsonProto() {}

  static Struct write(Json.Obj object) {
    Struct.Builder out = Struct.newBuilder();
    object.fields().forEach((name, value) -> out.putFields(name, write(value)));
    return out.build();
  }

  static Value write(Json value) {
    Value.Builder out = Value.newBuilder();
    return switch (value) {
      case Json.Null() -> out.setNullValue(NullValue.NULL_VALUE).build();
      case Json.Bool(boolean flag) -> out.setBoolValue(flag).build();
      case Json.Num(double number) -> out.setNumberValue(number).build();
      case Json.Str(String text) -> out.setStringValue(text).build();
      case Json.Obj object -> out.setStructValue(write(object)).build();
      case Json.Arr(var items) -> {
        ListValue.Builder list = ListValue.newBuilder();
        items.forEach(item -> list.addValues(write(item)));
        yield out.setListValue(list).build();
      }
    };
  }

  static Json.Obj read(Struct struct) {
    Map<String, Json> fields = new LinkedHashMap<>();
    struct.getFieldsMap().forEach((name, value) -> fields.put(name, read(value)));
    return new Json.Obj(fields);
  }

  /// @throws IllegalArgumentException when the value is of no kind, or no JSON number
  static Json read(Value value) {
    return switch (value.getKindCase()) {
      case NULL_VALUE -> Json.NULL;
      case BOOL_VALUE -> Json.of(value.getBoolValue());
      case NUMBER_VALUE -> Json.of(value.getNumberValue());
      case STRING_VALUE -> Json.of(value.getStringValue());
      case STRUCT_VALUE -> read(value.getStructValue());
      case LIST_VALUE -> {
        List<Json> items = new ArrayList<>();
        value.getListValue().getValuesList().forEach(item -> items.add(read(item)));
        yield new Json.Arr(items);
      }
      case KIND_NOT_SET -> throw new IllegalArgumentException("a value is not set");
    };
  }
}
