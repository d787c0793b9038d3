/// Log lines as they are written.
@NullMarked
package com.openagents.runtime.app.logging;

import org.jspecify.annotations.NullMarked;
