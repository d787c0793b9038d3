/// The runtime under simulated misfortune.
@NullMarked
package com.openagents.runtime.testkit.simulator;

import org.jspecify.annotations.NullMarked;
