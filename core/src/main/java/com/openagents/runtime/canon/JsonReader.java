package com.openagents.runtime.canon;

import com.openagents.runtime.canon.JsonRefused.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON strictly: what a store, a digest or another language could read differently is
/// refused. Thread-safe.
///
/// Refused are duplicate keys, nesting deeper than 64, `\u0000`, lone surrogates, integers beyond
/// 2⁵³−1 and numbers that a double cannot hold.
public final class JsonReader {

  public static final int DEPTH_MAX = 64;
  private static final double INTEGER_MAX = 9_007_199_254_740_991d;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX + 1)
                  .maxNumberLength(400)
                  .maxNameLength(10_000)
                  .build())
          .build();

  private JsonReader() {}

  /// Reads one document.
  ///
  /// @throws JsonRefused when the text is not JSON, or not taken
  public static Json read(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      Json value = value(parser, 0);
      if (parser.nextToken() != null) {
        throw new JsonRefused(Kind.NOT_JSON, "", "something follows the document");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw new JsonRefused(Kind.TOO_LARGE, "", "a part of the document is too large");
    } catch (StreamReadException e) {
      TokenStreamLocation at = e.getLocation();
      String where =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new JsonRefused(Kind.NOT_JSON, "", "not valid JSON" + where);
    }
  }

  /// Reads a document that must be an object.
  ///
  /// @throws JsonRefused when the text is not JSON, not taken, or no object
  public static Json.Obj readObject(String text) {
    if (read(text) instanceof Json.Obj object) {
      return object;
    }
    throw new JsonRefused(Kind.NOT_JSON, "", "a JSON object is expected");
  }

  private static Json value(JsonParser parser, int depth) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new JsonRefused(Kind.NOT_JSON, "", "the document is empty");
    }
    return switch (token) {
      case VALUE_NULL -> Json.NULL;
      case VALUE_TRUE -> Json.of(true);
      case VALUE_FALSE -> Json.of(false);
      case VALUE_STRING -> Json.of(text(parser, parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, token);
      case START_ARRAY -> array(parser, deeper(parser, depth));
      case START_OBJECT -> object(parser, deeper(parser, depth));
      default -> throw new JsonRefused(Kind.NOT_JSON, path(parser), "not valid JSON");
    };
  }

  private static int deeper(JsonParser parser, int depth) {
    if (depth == DEPTH_MAX) {
      throw new JsonRefused(
          Kind.TOO_DEEP, path(parser), "nested deeper than " + DEPTH_MAX + " levels");
    }
    return depth + 1;
  }

  private static Json array(JsonParser parser, int depth) {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, depth));
    }
    return new Json.Arr(items);
  }

  private static Json object(JsonParser parser, int depth) {
    Map<String, Json> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = text(parser, parser.currentName());
      parser.nextToken();
      if (fields.containsKey(name)) {
        throw new JsonRefused(Kind.DUPLICATE_KEY, path(parser), "a key stands twice");
      }
      fields.put(name, value(parser, depth));
    }
    return new Json.Obj(fields);
  }

  private static Json number(JsonParser parser, JsonToken token) {
    double value = Double.parseDouble(parser.getString());
    boolean beyond = token == JsonToken.VALUE_NUMBER_INT && Math.abs(value) > INTEGER_MAX;
    if (beyond || Double.isInfinite(value)) {
      throw new JsonRefused(
          Kind.NUMBER_RANGE, path(parser), "a number beyond what a double holds exactly");
    }
    return Json.of(value);
  }

  private static String text(JsonParser parser, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new JsonRefused(Kind.UNICODE, path(parser), "a string holds U+0000");
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new JsonRefused(Kind.UNICODE, path(parser), "a string holds a lone surrogate");
        }
        i++;
      }
    }
    return text;
  }

  private static String path(JsonParser parser) {
    return parser.streamReadContext().pathAsPointer().toString();
  }
}
