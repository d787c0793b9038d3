/// Who may act for a run: leases with a fencing epoch, as pure rules.
@NullMarked
package com.openagents.runtime.lease;

import org.jspecify.annotations.NullMarked;
