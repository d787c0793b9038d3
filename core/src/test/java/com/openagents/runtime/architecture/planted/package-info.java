/// Code that breaks the rules of the architecture, for the tests of those rules.
@NullMarked
package com.openagents.runtime.architecture.planted;

import org.jspecify.annotations.NullMarked;
