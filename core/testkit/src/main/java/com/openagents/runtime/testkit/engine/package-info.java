/// A whole runtime in a test: virtual time, nodes that may go down, and a model that answers as
/// told.
@NullMarked
package com.openagents.runtime.testkit.engine;

import org.jspecify.annotations.NullMarked;
