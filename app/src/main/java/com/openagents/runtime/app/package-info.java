/// The assembled service: configuration, wiring, lifecycle and command line.
@NullMarked
package com.openagents.runtime.app;

import org.jspecify.annotations.NullMarked;
