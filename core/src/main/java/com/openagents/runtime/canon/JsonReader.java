package com.openagents.runtime.canon;

import com.openagents.runtime.canon.JsonRefused.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/// Reads JSON strictly: what a store, a digest or another language could read differently is
/// refused.
///
/// Refused are duplicate keys, U+0000, lone surrogates, what is larger than its [JsonLimits],
/// numbers beyond the range of a double, and integers beyond 2⁵³−1 in every spelling: `1e16` too,
/// for canonically it is such an integer. So a value once taken is taken again in its canonical
/// form.
public final class JsonReader {

  private static final int INTEGER_LENGTH_MAX = 17;

  /// Names are not shared between documents, for strangers could fill a table of them.
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonLimits.STORED.depth() + 1)
                  .maxStringLength(JsonLimits.STORED.stringLength())
                  .maxNameLength(JsonLimits.NAME_LENGTH)
                  .maxNumberLength(JsonLimits.NUMBER_LENGTH)
                  .build())
          .build();

  private final JsonParser parser;
  private final JsonLimits limits;
  private int values;

  private JsonReader(JsonParser parser, JsonLimits limits) {
    this.parser = parser;
    this.limits = limits;
  }

  /// Reads what comes from outside.
  ///
  /// @throws JsonRefused when the bytes are not UTF-8, not JSON, or not taken
  public static Json read(byte[] utf8) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(utf8);
      return read(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      throw new JsonRefused(Kind.NOT_JSON, "", "the document is not UTF-8");
    }
  }

  /// Reads what comes from outside.
  ///
  /// @throws JsonRefused when the text is not JSON, or not taken
  public static Json read(String text) {
    return read(text, JsonLimits.REQUEST);
  }

  /// Reads a document that must be an object.
  ///
  /// @throws JsonRefused when the text is not JSON, not taken, or no object
  public static Json.Obj readObject(String text, JsonLimits limits) {
    if (read(text, limits) instanceof Json.Obj object) {
      return object;
    }
    throw new JsonRefused(Kind.NOT_JSON, "", "a JSON object is expected");
  }

  /// @throws JsonRefused when the text is not JSON, or not taken
  public static Json read(String text, JsonLimits limits) {
    if (text.length() > limits.documentLength()) {
      throw new JsonRefused(Kind.TOO_LARGE, "", "the document is too long");
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return new JsonReader(parser, limits).document();
    }
  }

  private Json document() {
    try {
      Json value = value(parser.nextToken(), 0);
      if (parser.nextToken() != null) {
        throw refused(Kind.NOT_JSON, "something follows the document");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw refused(Kind.TOO_LARGE, "a name, string or number is too long");
    } catch (JacksonException e) {
      throw broken(e.getOriginalMessage());
    }
  }

  /// Jackson refuses a lone surrogate in a name by itself, and tells it only by these words.
  private JsonRefused broken(String message) {
    if (message.contains("surrogate") && message.contains(" in property name")) {
      return refused(Kind.UNICODE, "a name holds a lone surrogate");
    }
    TokenStreamLocation at = parser.currentLocation();
    return new JsonRefused(
        Kind.NOT_JSON,
        "",
        "not valid JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
  }

  private Json value(@Nullable JsonToken token, int depth) {
    if (++values > limits.values()) {
      throw refused(Kind.TOO_LARGE, "the document has too many values");
    }
    return switch (token) {
      case START_OBJECT -> object(deeper(depth));
      case START_ARRAY -> array(deeper(depth));
      case VALUE_STRING -> new Json.Str(checked(parser.getString()));
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> number(parser.getDoubleValue());
      case VALUE_TRUE -> Json.TRUE;
      case VALUE_FALSE -> Json.FALSE;
      case VALUE_NULL -> Json.NULL;
      case null, default -> throw refused(Kind.NOT_JSON, "the document ends too soon");
    };
  }

  private int deeper(int depth) {
    if (depth == limits.depth()) {
      throw refused(Kind.TOO_DEEP, "nested deeper than " + limits.depth() + " levels");
    }
    return depth + 1;
  }

  private Json.Obj object(int depth) {
    Map<String, Json> fields = new LinkedHashMap<>();
    String name = parser.nextName();
    while (name != null) {
      checked(name);
      if (fields.put(name, value(parser.nextToken(), depth)) != null) {
        throw refused(Kind.DUPLICATE_KEY, "a key stands twice in its object");
      }
      name = parser.nextName();
    }
    return new Json.Obj(new JsonFields(fields));
  }

  private Json.Arr array(int depth) {
    List<Json> items = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      items.add(value(token, depth));
      token = parser.nextToken();
    }
    return new Json.Arr(items);
  }

  private Json.Num integer() {
    if (parser.getStringLength() > INTEGER_LENGTH_MAX) {
      throw beyond();
    }
    return number((double) parser.getLongValue());
  }

  private Json.Num number(double value) {
    if (!Json.Num.holds(value)) {
      throw beyond();
    }
    return new Json.Num(value);
  }

  private JsonRefused beyond() {
    return refused(Kind.NUMBER_RANGE, "a number beyond what a double holds exactly");
  }

  private String checked(String text) {
    if (text.length() > limits.stringLength()) {
      throw refused(Kind.TOO_LARGE, "a string is too long");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw refused(Kind.UNICODE, "a string holds U+0000");
      }
      if (Character.isSurrogate(c) && !startsPair(text, i++)) {
        throw refused(Kind.UNICODE, "a string holds a lone surrogate");
      }
    }
    return text;
  }

  private static boolean startsPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }

  private JsonRefused refused(Kind kind, String message) {
    return new JsonRefused(kind, JsonPointers.shown(parser.streamReadContext()), message);
  }
}
