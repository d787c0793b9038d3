/// The calls about runs: starting them, sending to them, stopping them, and reading what they are.
@NullMarked
package com.openagents.runtime.http.run;

import org.jspecify.annotations.NullMarked;
