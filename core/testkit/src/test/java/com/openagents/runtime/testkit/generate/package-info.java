/// The generators: that they leave nothing out, and laws over all that they make.
@NullMarked
package com.openagents.runtime.testkit.generate;

import org.jspecify.annotations.NullMarked;
