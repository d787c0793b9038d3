package com.openagents.runtime.app.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;

/// Writes every logging event as one entry of a [LineFormat].
final class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final int CHARS_USUAL = 256;

  private final LineFormat format;
  private final SecretMask mask;

  LineEncoder(LineFormat format, SecretMask mask) {
    this.format = format;
    this.mask = mask;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new StringBuilder(CHARS_USUAL);
    format.append(line, event, mask);
    return line.append('\n').toString().getBytes(UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
