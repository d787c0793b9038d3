/// The calls that take a sealed run out of the runtime, and that check one.
@NullMarked
package com.openagents.runtime.http.seal;

import org.jspecify.annotations.NullMarked;
