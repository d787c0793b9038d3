/// The calls about the runtime itself: its nodes, what they do, how they are, and who operated it.
@NullMarked
package com.openagents.runtime.http.node;

import org.jspecify.annotations.NullMarked;
