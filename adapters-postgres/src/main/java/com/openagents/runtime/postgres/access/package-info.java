/// What guards the surface, stored in PostgreSQL: nonces that were used, and what operators did.
@NullMarked
package com.openagents.runtime.postgres.access;

import org.jspecify.annotations.NullMarked;
