package com.openagents.runtime.app.settings;

/// One thing that an operator may set.
///
/// @param <T> what its text is read as
public sealed interface Setting<T> {

  String name();

  Parser<T> parser();

  /// For people, in Markdown.
  String meaning();

  /// Whether its value must never be shown.
  boolean secret();

  /// What holds when it is not set, for people.
  String otherwise();

  /// Reads the text of a value.
  @FunctionalInterface
  interface Parser<T> {
    /// @throws IllegalArgumentException when the text has another form; the message completes the
    ///   sentence "this value …" and does not repeat the value
    T parse(String text);
  }

  /// A setting with a default.
  record Preset<T>(String name, String preset, Parser<T> parser, String meaning)
      implements Setting<T> {
    @Override
    public boolean secret() {
      return false;
    }

    @Override
    public String otherwise() {
      return "`" + preset + "`";
    }
  }

  /// A setting that may be absent.
  record Open<T>(String name, String otherwise, Parser<T> parser, String meaning)
      implements Setting<T> {
    @Override
    public boolean secret() {
      return false;
    }
  }

  /// A setting that may be absent and is a secret. It may also be given as a file that holds it,
  /// named by the setting with `_FILE` behind it.
  record Secret<T>(String name, String otherwise, Parser<T> parser, String meaning)
      implements Setting<T> {
    static final String FILE_SUFFIX = "_FILE";

    @Override
    public boolean secret() {
      return true;
    }

    public String fileName() {
      return name + FILE_SUFFIX;
    }
  }
}
