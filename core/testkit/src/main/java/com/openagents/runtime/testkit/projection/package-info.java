/// The contract suites of the ports that keep documents beside the log, and of sinks that show
/// them.
@NullMarked
package com.openagents.runtime.testkit.projection;

import org.jspecify.annotations.NullMarked;
