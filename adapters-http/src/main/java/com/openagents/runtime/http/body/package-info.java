/// Reads the bodies of requests into records, and says exactly what is wrong with one.
@NullMarked
package com.openagents.runtime.http.body;

import org.jspecify.annotations.NullMarked;
