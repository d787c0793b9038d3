/// One run from its start to its end, shown on a terminal.
@NullMarked
package com.openagents.runtime.app.demo;

import org.jspecify.annotations.NullMarked;
