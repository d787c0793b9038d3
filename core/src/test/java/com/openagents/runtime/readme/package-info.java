/// What the README shows does what it says.
@NullMarked
package com.openagents.runtime.readme;

import org.jspecify.annotations.NullMarked;
