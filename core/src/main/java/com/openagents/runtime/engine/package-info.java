/// The public entry: a node of the runtime, made of ports.
@NullMarked
package com.openagents.runtime.engine;

import org.jspecify.annotations.NullMarked;
