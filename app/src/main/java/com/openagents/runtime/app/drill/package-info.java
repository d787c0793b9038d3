/// Chaos from outside: whole nodes and a PostgreSQL under load and under faults, and the laws that
/// must hold afterwards, judged by what clients and the model's provider saw.
@NullMarked
package com.openagents.runtime.app.drill;

import org.jspecify.annotations.NullMarked;
