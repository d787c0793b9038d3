/// The documents of state machines, made by walking the machines.
@NullMarked
package com.openagents.runtime.states;

import org.jspecify.annotations.NullMarked;
