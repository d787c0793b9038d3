/// Finds out who calls: by signature, or by trust in the machine itself while nothing is at stake.
@NullMarked
package com.openagents.runtime.http.access;

import org.jspecify.annotations.NullMarked;
