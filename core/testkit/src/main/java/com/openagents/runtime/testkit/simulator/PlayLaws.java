package com.openagents.runtime.testkit.simulator;

import com.openagents.runtime.testkit.law.Law;
import com.openagents.runtime.testkit.law.Laws;
import java.util.List;
import java.util.stream.Stream;

/// The names of what must hold of a play, beside that no code fails by itself.
final class PlayLaws {

  static final String APPROVED =
      "what is approved was approved by its owner, and what ran out is denied";
  static final String SAYS = "it says what an undisturbed run says";
  static final String ASKED = "the provider was asked for what a model said";
  static final String FRAMES =
      "frames of one call stand in their order, and where their sender was told";
  static final String FORK_BEGINS =
      "a fork begins as its original, up to the place that was answered";
  static final String FORK_RESTS = "what a fork inherits is not carried on";
  static final String AGES_OLD = "what ages is old, and its whole is there";
  static final String LEFT = "what is left says what was written";
  static final String SEALED = "a log verifies without what aged out of it";
  static final String READ_WHOLE = "a reader has of each text the whole";
  static final String UNASKED = "nobody begins a run that was not asked for";
  static final String ANSWERED = "a start is taken, and a repeated request answered as before";
  static final String CURSOR = "a cursor that was given out leads on";

  /// Those of every run among them.
  static final List<String> ALL =
      Stream.concat(
              Laws.all().stream().map(Law::name),
              Stream.of(
                  Lockstep.ENDS,
                  APPROVED,
                  SAYS,
                  ASKED,
                  FRAMES,
                  FORK_BEGINS,
                  FORK_RESTS,
                  AGES_OLD,
                  LEFT,
                  SEALED,
                  READ_WHOLE,
                  UNASKED,
                  ANSWERED,
                  CURSOR))
          .toList();

  private PlayLaws() {}
}
