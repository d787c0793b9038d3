/// What every adapter is held to: contract suites, generators and the simulator.
@NullMarked
package com.openagents.runtime.testkit;

import org.jspecify.annotations.NullMarked;
