/// Carrying a run out: the turn as a pure step, the driver that performs it, and the keeping of
/// leases.
@NullMarked
package com.openagents.runtime.execution;

import org.jspecify.annotations.NullMarked;
