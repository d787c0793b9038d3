/// Looks at a machine and says whether the service can run on it.
@NullMarked
package com.openagents.runtime.app.doctor;

import org.jspecify.annotations.NullMarked;
