/// What a machine can verify of the read side of a running service, with evidence.
@NullMarked
package com.openagents.runtime.app.gates;

import org.jspecify.annotations.NullMarked;
