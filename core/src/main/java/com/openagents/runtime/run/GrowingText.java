package com.openagents.runtime.run;

/// An immutable text that grows at its end, where the new one shares what came before with the old
/// one: to hear a long text in many pieces costs no more than its length.
///
/// Two are equal when they say the same, in whatever pieces it came.
public final class GrowingText {

  public static final GrowingText EMPTY = new GrowingText(Trail.empty(), 0);

  /// Short pieces are joined up to this length, so that a text of words is not kept word by word.
  private static final int PIECE = 1_024;

  private final Trail<String> pieces;
  private final int length;

  private GrowingText(Trail<String> pieces, int length) {
    this.pieces = pieces;
    this.length = length;
  }

  public static GrowingText of(String text) {
    return EMPTY.with(text);
  }

  public GrowingText with(String more) {
    if (more.isEmpty()) {
      return this;
    }
    boolean joins = !pieces.isEmpty() && pieces.getLast().length() + more.length() <= PIECE;
    Trail<String> longer = joins ? pieces.withLast(pieces.getLast() + more) : pieces.with(more);
    return new GrowingText(longer, length + more.length());
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /// What comes after the first characters; costs as much as it is long, and a piece.
  public String after(int characters) {
    int first = pieces.size();
    int begins = length;
    while (begins > characters) {
      begins -= pieces.get(--first).length();
    }
    StringBuilder text = new StringBuilder(length - begins);
    for (int i = first; i < pieces.size(); i++) {
      text.append(pieces.get(i));
    }
    return text.substring(characters - begins);
  }

  @Override
  public String toString() {
    return after(0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GrowingText text
        && length == text.length
        && toString().equals(text.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }
}
