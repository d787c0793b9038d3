/// The HTTP edge of the runtime and the HTTP calls it makes.
@NullMarked
package com.openagents.runtime.http;

import org.jspecify.annotations.NullMarked;
