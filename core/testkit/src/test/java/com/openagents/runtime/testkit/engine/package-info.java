/// The runtime for tests, itself tested.
@NullMarked
package com.openagents.runtime.testkit.engine;

import org.jspecify.annotations.NullMarked;
