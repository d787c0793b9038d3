/// Proof that a run's log was not changed: a hash chain over its stored events, a signature over
/// the chain's head, bundles that carry both, and their verification without a server.
@NullMarked
package com.openagents.runtime.seal;

import org.jspecify.annotations.NullMarked;
