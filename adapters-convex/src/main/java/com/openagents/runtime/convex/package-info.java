/// The Convex side of the runtime: the sink that delivers projection documents over Convex's HTTP
/// API.
@NullMarked
package com.openagents.runtime.convex;

import org.jspecify.annotations.NullMarked;
