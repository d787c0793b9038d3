/// Random values of the domain, the same for the same seed, so that a failure names all that is
/// needed to see it again.
@NullMarked
package com.openagents.runtime.testkit.generate;

import org.jspecify.annotations.NullMarked;
