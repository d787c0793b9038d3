/// The assertions, on runs that are as asserted and on runs that are not.
@NullMarked
package com.openagents.runtime.testkit.assertion;

import org.jspecify.annotations.NullMarked;
