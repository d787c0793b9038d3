/// Short-lived tokens with which clients read projections: for whom they are made, what they say,
/// and which are good no longer.
@NullMarked
package com.openagents.runtime.token;

import org.jspecify.annotations.NullMarked;
