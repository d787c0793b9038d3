/// The lease, walked from end to end.
@NullMarked
package com.openagents.runtime.lease;

import org.jspecify.annotations.NullMarked;
