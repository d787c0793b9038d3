/// Why a run is where it is, answered from its log, its lease and its columns.
@NullMarked
package com.openagents.runtime.diagnosis;

import org.jspecify.annotations.NullMarked;
