package com.openagents.runtime.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.openagents.runtime.testkit.log.LeaseContract;
import com.openagents.runtime.testkit.log.LeaseTableContract;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/// How many cases an adapter passes that passes the kit: counted as they run.
class ContractCountTest {

  private static final Events CASES =
      EngineTestKit.engine("junit-jupiter")
          .selectors(selectClass(MyStoreTest.class))
          .execute()
          .testEvents();

  /// A law that is tried on many values counts once.
  @Test
  void the_kit_has_at_least_a_hundred_cases() {
    assertThat(CASES.succeeded().map(ContractCountTest::law).distinct().count())
        .isGreaterThanOrEqualTo(100);
    assertThat(CASES.succeeded().count()).isEqualTo(CASES.started().count());
    assertThat(CASES.skipped().count()).isZero();
  }

  private static String law(Event test) {
    MethodSource source = source(test);
    return source.getClassName() + "#" + source.getMethodName();
  }

  private static MethodSource source(Event test) {
    return (MethodSource) test.getTestDescriptor().getSource().orElseThrow();
  }

  /// Cases of the lease, each change of each lease by each precondition among them.
  @Test
  void at_least_forty_cases_are_about_leases_and_fences() {
    long cases = CASES.succeeded().stream().filter(ContractCountTest::aboutLeases).count();
    assertThat(cases).isGreaterThanOrEqualTo(40);
  }

  private static boolean aboutLeases(Event test) {
    Class<?> suite = source(test).getJavaClass();
    return LeaseContract.class.isAssignableFrom(suite)
        || LeaseTableContract.class.isAssignableFrom(suite);
  }
}
