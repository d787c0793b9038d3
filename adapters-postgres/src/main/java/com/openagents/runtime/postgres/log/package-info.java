/// Runs, their logs and what stands beside them, stored in PostgreSQL.
@NullMarked
package com.openagents.runtime.postgres.log;

import org.jspecify.annotations.NullMarked;
