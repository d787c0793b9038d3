package com.openagents.runtime.stream;

import com.openagents.runtime.event.BlobRef;

/// What happens to a text before a reader's eyes, in words of no format.
sealed interface TextSign {

  Text text();

  record Began(Text text) implements TextSign {}

  record Piece(Text text, String piece) implements TextSign {}

  record Ended(Text text) implements TextSign {}

  /// Nothing more of it will come; the agent may say it again under another id.
  record Interrupted(Text text) implements TextSign {}

  /// It is too large for the log, and the reader has got nothing of it.
  record Elsewhere(Text text, BlobRef blob) implements TextSign {}
}
