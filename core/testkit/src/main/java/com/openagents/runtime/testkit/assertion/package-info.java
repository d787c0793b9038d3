/// What a test says about a run, in AssertJ's style; a failure shows the run's log as a table.
@NullMarked
package com.openagents.runtime.testkit.assertion;

import org.jspecify.annotations.NullMarked;
