package com.openagents.runtime.testkit.guard;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/// The tests of one suite over one planted store: which failed, which passed, by their methods.
record SuiteRun(Map<String, List<Throwable>> failures, Set<String> passed, long notRun) {

  static SuiteRun of(Class<?> suite, Plant plant) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(PlantedStore.BUG, plant.bug())
            .selectors(selectClass(suite))
            .execute()
            .testEvents();
    return new SuiteRun(
        tests.finished().stream()
            .filter(event -> !successful(event))
            .collect(
                groupingBy(SuiteRun::method, TreeMap::new, mapping(SuiteRun::thrownBy, toList()))),
        methods(tests.finished().stream().filter(SuiteRun::successful)),
        tests.skipped().count() + tests.aborted().count());
  }

  Set<String> failed() {
    return failures.keySet();
  }

  /// What a test that failed threw, each time that it ran.
  List<Throwable> thrown(String method) {
    return failures.getOrDefault(method, List.of());
  }

  private static Throwable thrownBy(Event failed) {
    return failed
        .getRequiredPayload(TestExecutionResult.class)
        .getThrowable()
        .orElseGet(() -> new AssertionError("nothing was thrown"));
  }

  private static boolean successful(Event finished) {
    return finished.getRequiredPayload(TestExecutionResult.class).getStatus() == Status.SUCCESSFUL;
  }

  private static Set<String> methods(Stream<Event> tests) {
    return tests.map(SuiteRun::method).collect(toCollection(TreeSet::new));
  }

  private static String method(Event event) {
    MethodSource source = (MethodSource) event.getTestDescriptor().getSource().orElseThrow();
    return source.getMethodName();
  }
}
