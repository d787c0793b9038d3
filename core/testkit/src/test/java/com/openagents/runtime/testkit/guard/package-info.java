/// Guards on the kit itself: suites that a store without memory passes, or that miss a known bug,
/// fail here.
@NullMarked
package com.openagents.runtime.testkit.guard;

import org.jspecify.annotations.NullMarked;
