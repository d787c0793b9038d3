/// The service: every port meets its adapter here, and nowhere else.
@NullMarked
package com.openagents.runtime.app.wiring;

import org.jspecify.annotations.NullMarked;
