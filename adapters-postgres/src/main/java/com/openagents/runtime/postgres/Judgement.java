package com.openagents.runtime.postgres;

/// What one look at a database says of it as a store.
///
/// @param text what was found, and where it is not sound, what to do
public record Judgement(Verdict verdict, String text) {

  /// How it stands.
  public enum Verdict {
    SOUND,
    /// It may be used, and a promise is weaker than it could be.
    WEAK,
    /// A promise could not be kept at all.
    UNFIT
  }

  static Judgement of(boolean sound, Verdict otherwise, String fact, String advice) {
    return sound ? new Judgement(Verdict.SOUND, fact) : new Judgement(otherwise, fact + advice);
  }
}
