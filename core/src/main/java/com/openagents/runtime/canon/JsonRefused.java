package com.openagents.runtime.canon;

/// A text that is not JSON, or JSON that the runtime does not take.
public final class JsonRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// What is wrong: `NOT_JSON` with the form, the others with the content.
  public enum Kind {
    NOT_JSON,
    DUPLICATE_KEY,
    TOO_DEEP,
    TOO_LARGE,
    UNICODE,
    NUMBER_RANGE
  }

  private final Kind kind;
  private final String path;

  JsonRefused(Kind kind, String path, String message) {
    super(message);
    this.kind = kind;
    this.path = path;
  }

  public Kind kind() {
    return kind;
  }

  /// Where in the document, as a JSON pointer (RFC 6901) that is safe to show; empty for the whole.
  public String path() {
    return path;
  }
}
