package com.openagents.runtime.http.model;

import com.openagents.runtime.http.model.Chunk.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads the JSON of one chunk, without building a tree of it.
///
/// Tolerant: providers add fields, and leave out or put null for what they do not have.
final class ChunkReader {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser parser;
  private String text = "";
  private String reasoning = "";
  private @Nullable String finishReason;
  private @Nullable String model;
  private @Nullable Long inputTokens;
  private @Nullable Long outputTokens;
  private @Nullable ProviderError error;

  private ChunkReader(JsonParser parser) {
    this.parser = parser;
  }

  /// Reads a chunk, or nothing when the text is not one JSON object.
  static Optional<Chunk> read(String json) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      ChunkReader reader = new ChunkReader(parser);
      reader.object(reader::chunkField);
      return parser.nextToken() == null ? Optional.of(reader.chunk()) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private Chunk chunk() {
    boolean counted = inputTokens != null || outputTokens != null;
    Usage usage = counted ? new Usage(inputTokens, outputTokens) : null;
    return new Chunk(text, reasoning, finishReason, model, usage, error);
  }

  @FunctionalInterface
  private interface Field {
    /// Reads or skips the value that the parser stands on.
    void read(String name);
  }

  private void object(Field field) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      field.read(name);
    }
  }

  /// Reads an object, or skips what is none.
  private void objectIfAny(Field field) {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      object(field);
    } else {
      parser.skipChildren();
    }
  }

  private void chunkField(String name) {
    switch (name) {
      case "choices" -> firstOfArray(this::choiceField);
      case "usage" -> objectIfAny(this::usageField);
      case "model" -> model = string();
      case "error" -> error();
      default -> parser.skipChildren();
    }
  }

  private void firstOfArray(Field field) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    boolean first = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (first) {
        objectIfAny(field);
      } else {
        parser.skipChildren();
      }
      first = false;
    }
  }

  /// Reads the objects of an array, or skips what is none.
  private void eachOfArray(Field field) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      objectIfAny(field);
    }
  }

  private void choiceField(String name) {
    switch (name) {
      case "delta" -> objectIfAny(this::deltaField);
      case "finish_reason" -> finishReason = string();
      default -> parser.skipChildren();
    }
  }

  private void deltaField(String name) {
    switch (name) {
      case "content" -> content();
      case "refusal" -> text += orEmpty(string());
      case "reasoning_content", "reasoning" -> {
        String thought = orEmpty(string());
        reasoning = reasoning.isEmpty() ? thought : reasoning;
      }
      default -> parser.skipChildren();
    }
  }

  /// A text, or parts of which some are thoughts: Mistral's reasoning models send those.
  private void content() {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      eachOfArray(this::partField);
    } else {
      text += orEmpty(string());
    }
  }

  private void partField(String name) {
    switch (name) {
      case "text" -> text += orEmpty(string());
      case "thinking" -> eachOfArray(this::thoughtField);
      default -> parser.skipChildren();
    }
  }

  private void thoughtField(String name) {
    if (name.equals("text")) {
      reasoning += orEmpty(string());
    } else {
      parser.skipChildren();
    }
  }

  private void usageField(String name) {
    switch (name) {
      case "prompt_tokens" -> inputTokens = count();
      case "completion_tokens" -> outputTokens = count();
      default -> parser.skipChildren();
    }
  }

  private void error() {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      error = ProviderError.SILENT;
      object(this::errorField);
    } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
      error = new ProviderError(null, string());
    }
  }

  private void errorField(String name) {
    ProviderError known = error == null ? ProviderError.SILENT : error;
    switch (name) {
      case "code" -> error = new ProviderError(scalar(), known.message());
      case "message" -> error = new ProviderError(known.code(), string());
      default -> parser.skipChildren();
    }
  }

  private @Nullable Long count() {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return parser.getValueAsLong();
    }
    parser.skipChildren();
    return null;
  }

  private @Nullable String scalar() {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getString() : string();
  }

  private @Nullable String string() {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    parser.skipChildren();
    return null;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
