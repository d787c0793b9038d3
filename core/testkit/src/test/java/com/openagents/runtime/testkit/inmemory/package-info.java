/// The in-memory store, held to every contract.
@NullMarked
package com.openagents.runtime.testkit.inmemory;

import org.jspecify.annotations.NullMarked;
