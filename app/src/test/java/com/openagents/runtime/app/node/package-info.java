/// The duties of a node.
@NullMarked
package com.openagents.runtime.app.node;

import org.jspecify.annotations.NullMarked;
