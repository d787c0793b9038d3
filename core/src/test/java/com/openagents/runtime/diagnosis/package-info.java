/// Each reason for which a run may be where it is, provoked.
@NullMarked
package com.openagents.runtime.diagnosis;

import org.jspecify.annotations.NullMarked;
