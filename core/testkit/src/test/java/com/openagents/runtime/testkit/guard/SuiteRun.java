package com.openagents.runtime.testkit.guard;

import static java.util.stream.Collectors.toCollection;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/// The tests of one suite over one planted store: which failed, which passed, by their methods.
record SuiteRun(Set<String> failed, Set<String> passed, long notRun) {

  static SuiteRun of(Class<?> suite, Plant plant) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(PlantedStore.BUG, plant.bug())
            .selectors(selectClass(suite))
            .execute()
            .testEvents();
    return new SuiteRun(
        methods(tests.finished().stream().filter(event -> !successful(event))),
        methods(tests.finished().stream().filter(SuiteRun::successful)),
        tests.skipped().count() + tests.aborted().count());
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
