/// The ports of core on PostgreSQL.
@NullMarked
package com.openagents.runtime.postgres;

import org.jspecify.annotations.NullMarked;
