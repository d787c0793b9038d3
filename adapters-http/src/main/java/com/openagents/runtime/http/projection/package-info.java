/// The calls that operators look at projections with, and change their course.
@NullMarked
package com.openagents.runtime.http.projection;

import org.jspecify.annotations.NullMarked;
