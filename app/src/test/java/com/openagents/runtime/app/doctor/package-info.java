/// What the doctor finds.
@NullMarked
package com.openagents.runtime.app.doctor;

import org.jspecify.annotations.NullMarked;
