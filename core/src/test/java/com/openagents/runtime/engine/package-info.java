/// The whole runtime in memory, as a user of the library drives it.
@NullMarked
package com.openagents.runtime.engine;

import org.jspecify.annotations.NullMarked;
