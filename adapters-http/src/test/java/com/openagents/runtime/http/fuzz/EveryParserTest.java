package com.openagents.runtime.http.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The short form of fuzzing: the inputs on file, and changes of them under a seed.
@Tag("scenario-24")
class EveryParserTest {

  static Stream<Arguments> files() {
    return Stream.of(Target.values())
        .flatMap(target -> Inputs.files(target).stream().map(file -> arguments(target, file)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void keeps_its_law_on_every_input_on_file(Target target, Path file) {
    target.parser().takes(Inputs.read(file));
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void keeps_its_law_on_changed_inputs(Target target) {
    List<byte[]> seeds = Inputs.files(target).stream().map(Inputs::read).toList();
    Mutations mutations = new Mutations(new SplittableRandom(target.rounds()), seeds);
    Parser parser = target.parser();
    int taken = 0;
    for (int i = 0; i < target.rounds(); i++) {
      byte[] input = mutations.next();
      boolean[] took = new boolean[1];
      assertThatCode(() -> took[0] = parser.takes(input))
          .as("input %d of %s: %s", i, target, new String(input, StandardCharsets.ISO_8859_1))
          .doesNotThrowAnyException();
      taken += took[0] ? 1 : 0;
    }
    assertThat(taken)
        .as("a run that takes all or nothing tries little")
        .isBetween(target.rounds() / 100, target.rounds() * 99 / 100);
  }
}
