/// The database that the settings name.
@NullMarked
package com.openagents.runtime.app.database;

import org.jspecify.annotations.NullMarked;
