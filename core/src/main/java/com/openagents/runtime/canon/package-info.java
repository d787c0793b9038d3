/// JSON as immutable values, its one canonical form (RFC 8785), and digests over that form.
@NullMarked
package com.openagents.runtime.canon;

import org.jspecify.annotations.NullMarked;
