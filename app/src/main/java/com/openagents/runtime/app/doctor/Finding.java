package com.openagents.runtime.app.doctor;

/// What one look found.
///
/// @param subject what was looked at
/// @param text what was found, and where it is not well, what to do
public record Finding(Verdict verdict, String subject, String text) {

  /// How it stands.
  public enum Verdict {
    OK,
    /// The service runs, but not as one would run it for others.
    WARNING,
    /// The service does not run so.
    FAILURE
  }

  public static Finding ok(String subject, String text) {
    return new Finding(Verdict.OK, subject, text);
  }

  public static Finding warning(String subject, String text) {
    return new Finding(Verdict.WARNING, subject, text);
  }

  public static Finding failure(String subject, String text) {
    return new Finding(Verdict.FAILURE, subject, text);
  }
}
