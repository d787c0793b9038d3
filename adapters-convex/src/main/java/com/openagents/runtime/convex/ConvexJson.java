package com.openagents.runtime.convex;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.convex.ConvexValue.Arr;
import com.openagents.runtime.convex.ConvexValue.Bool;
import com.openagents.runtime.convex.ConvexValue.Bytes;
import com.openagents.runtime.convex.ConvexValue.Float64;
import com.openagents.runtime.convex.ConvexValue.Int64;
import com.openagents.runtime.convex.ConvexValue.Null;
import com.openagents.runtime.convex.ConvexValue.Obj;
import com.openagents.runtime.convex.ConvexValue.Str;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `convex_encoded_json`, the form in which no value loses anything: 64-bit integers, bytes and the
/// doubles that JSON lacks are objects with one field, `$integer`, `$bytes` or `$float`, in Base64.
final class ConvexJson {

  private static final String INTEGER = "$integer";
  private static final String FLOAT = "$float";
  private static final String BYTES = "$bytes";

  private ConvexJson() {}

  /// @throws IllegalArgumentException for text that no JSON holds: a lone surrogate, or U+0000
  static String write(ConvexValue value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  static void write(ConvexValue value, StringBuilder out) {
    switch (value) {
      case Null() -> out.append("null");
      case Bool(boolean b) -> out.append(b);
      case Int64(long n) -> escape(INTEGER, eight().putLong(n).array(), out);
      case Float64(double d) -> writeDouble(d, out);
      case Str(String text) -> CanonicalJson.writeString(text, out);
      case Bytes(List<Byte> bytes) -> escape(BYTES, array(bytes), out);
      case Arr(List<ConvexValue> items) -> {
        char separator = '[';
        for (ConvexValue item : items) {
          write(item, out.append(separator));
          separator = ',';
        }
        out.append(separator == '[' ? "[]" : "]");
      }
      case Obj(Map<String, ConvexValue> fields) -> {
        char separator = '{';
        for (Map.Entry<String, ConvexValue> field : fields.entrySet()) {
          CanonicalJson.writeString(field.getKey(), out.append(separator));
          write(field.getValue(), out.append(':'));
          separator = ',';
        }
        out.append(separator == '{' ? "{}" : "}");
      }
    }
  }

  /// An ordinary double in the escaped form is refused by the backend, and the others have no form
  /// in JSON.
  private static void writeDouble(double d, StringBuilder out) {
    boolean negativeZero = d == 0 && Double.doubleToRawLongBits(d) != 0;
    if (negativeZero || Double.isNaN(d) || Double.isInfinite(d)) {
      escape(FLOAT, eight().putDouble(d).array(), out);
    } else {
      out.append(d);
    }
  }

  private static void escape(String name, byte[] bytes, StringBuilder out) {
    String text = Base64.getEncoder().encodeToString(bytes);
    out.append("{\"").append(name).append("\":\"").append(text).append("\"}");
  }

  private static ByteBuffer eight() {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] array(List<Byte> bytes) {
    byte[] array = new byte[bytes.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = bytes.get(i);
    }
    return array;
  }

  /// @throws IllegalArgumentException when an escape holds something else than it says
  static ConvexValue read(Json json) {
    return switch (json) {
      case Json.Null() -> ConvexValue.NULL;
      case Json.Bool(boolean b) -> new Bool(b);
      case Json.Num(double d) -> new Float64(d);
      case Json.Str(String text) -> new Str(text);
      case Json.Arr(List<Json> items) -> new Arr(items.stream().map(ConvexJson::read).toList());
      case Json.Obj(Map<String, Json> fields) -> readObject(fields);
    };
  }

  private static ConvexValue readObject(Map<String, Json> fields) {
    if (fields.size() == 1) {
      Map.Entry<String, Json> only = fields.entrySet().iterator().next();
      if (only.getKey().startsWith("$") && only.getValue() instanceof Json.Str(String text)) {
        return unescape(only.getKey(), text);
      }
    }
    Map<String, ConvexValue> read = new LinkedHashMap<>();
    fields.forEach((name, value) -> read.put(name, read(value)));
    return new Obj(read);
  }

  private static ConvexValue unescape(String name, String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    return switch (name) {
      case INTEGER -> new Int64(eight(bytes).getLong());
      case FLOAT -> new Float64(eight(bytes).getDouble());
      case BYTES -> new Bytes(list(bytes));
      default -> throw new IllegalArgumentException("no value is written as " + name);
    };
  }

  private static ByteBuffer eight(byte[] bytes) {
    if (bytes.length != 8) {
      throw new IllegalArgumentException("a number has eight bytes, not " + bytes.length);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<Byte> list(byte[] bytes) {
    List<Byte> list = new ArrayList<>(bytes.length);
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
  }
}
