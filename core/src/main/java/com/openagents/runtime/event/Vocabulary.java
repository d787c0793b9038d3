package com.openagents.runtime.event;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The words of a closed vocabulary: each constant of an enum in lower snake case.
public final class Vocabulary<E extends Enum<E>> {

  public static final Vocabulary<ReasonClass> REASON_CLASS = new Vocabulary<>(ReasonClass.values());
  public static final Vocabulary<WaitingFor> WAITING_FOR = new Vocabulary<>(WaitingFor.values());
  public static final Vocabulary<RunEvent.RunResumed.Cause> CAUSE =
      new Vocabulary<>(RunEvent.RunResumed.Cause.values());
  public static final Vocabulary<MessageEvent.Outcome> OUTCOME =
      new Vocabulary<>(MessageEvent.Outcome.values());
  public static final Vocabulary<RunSpec.Lifecycle> LIFECYCLE =
      new Vocabulary<>(RunSpec.Lifecycle.values());
  public static final Vocabulary<RunSpec.WhileBusy> WHILE_BUSY =
      new Vocabulary<>(RunSpec.WhileBusy.values());

  private final Map<E, String> words = new LinkedHashMap<>();
  private final Map<String, E> constants = new HashMap<>();

  private Vocabulary(E[] values) {
    for (E constant : values) {
      String word = constant.name().toLowerCase(Locale.ROOT);
      words.put(constant, word);
      constants.put(word, constant);
    }
  }

  public String word(E constant) {
    return Objects.requireNonNull(words.get(constant));
  }

  /// @throws IllegalArgumentException when the vocabulary has no such word
  public E constant(String word) {
    E constant = constants.get(word);
    if (constant == null) {
      throw new IllegalArgumentException("not one of " + String.join(", ", words.values()));
    }
    return constant;
  }
}
