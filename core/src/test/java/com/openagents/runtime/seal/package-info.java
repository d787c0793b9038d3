/// Logs that prove that nobody changed them.
@NullMarked
package com.openagents.runtime.seal;

import org.jspecify.annotations.NullMarked;
