package com.openagents.runtime.testkit.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.access.Claims;
import com.openagents.runtime.agent.Intent;
import com.openagents.runtime.canon.Digest;
import com.openagents.runtime.canon.Json;
import com.openagents.runtime.event.Event;
import com.openagents.runtime.identity.RunId;
import com.openagents.runtime.lease.Lease;
import com.openagents.runtime.log.Append;
import com.openagents.runtime.model.ModelRequest;
import com.openagents.runtime.projection.Document;
import com.openagents.runtime.run.Run;
import com.openagents.runtime.seal.Chain;
import com.openagents.runtime.seal.Report;
import com.openagents.runtime.stream.Cursor;
import com.openagents.runtime.stream.CursorVerdict;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A new type of the domain has a generator from its first day.
class NothingIsLeftOutTest {

  private static final Seen SEEN = Seen.ofEveryGenerator();

  /// A class of each package that is generated whole.
  static List<Class<?>> packages() {
    return List.of(
        Claims.class,
        Intent.class,
        Event.class,
        RunId.class,
        Lease.class,
        Append.class,
        ModelRequest.class,
        Run.class,
        Document.class);
  }

  /// Types of packages that hold more machinery than values.
  static List<Class<?>> types() {
    return List.of(
        Json.class, Digest.class, Chain.class, Report.class, Cursor.class, CursorVerdict.class);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void every_public_record_of_the_domain_is_made(Class<?> neighbour) {
    List<Class<?>> records =
        Classes.beside(neighbour).stream()
            .filter(type -> type.isRecord() && isPublic(type))
            .toList();
    assertThat(records).isNotEmpty();
    assertThat(SEEN.records()).containsAll(records);
  }

  @ParameterizedTest
  @MethodSource("types")
  void every_form_of_a_value_is_made(Class<?> type) {
    assertThat(SEEN.records()).containsAll(leaves(type).toList());
  }

  @Test
  void every_constant_of_an_enum_is_made_of_which_one_is() {
    assertThat(SEEN.constants())
        .containsAll(
            SEEN.constants().stream()
                .flatMap(constant -> Stream.of(constant.getDeclaringClass().getEnumConstants()))
                .toList());
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(NothingIsLeftOutTest::leaves)
        : Stream.of(type);
  }
}
