/// What every adapter is held to: fixtures, drafts of lawful writes, and, in the packages below,
/// contract suites, generators and the simulator; and the runtime under the test of an agent.
@NullMarked
package com.openagents.runtime.testkit;

import org.jspecify.annotations.NullMarked;
