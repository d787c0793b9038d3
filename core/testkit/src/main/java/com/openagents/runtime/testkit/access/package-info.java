/// The contract suites of the ports that decide who may call.
@NullMarked
package com.openagents.runtime.testkit.access;

import org.jspecify.annotations.NullMarked;
