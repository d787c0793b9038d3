/// A real PostgreSQL that the service brings along, so that it starts with nothing prepared.
///
/// The binaries lie packed on the class path. The first start unpacks them into the data directory,
/// creates a database cluster there and keeps it; later starts find the rows of the earlier ones.
/// Nothing durable is traded for comfort: `fsync` and `synchronous_commit` are on, pages have
/// checksums, and only SCRAM opens a connection.
///
/// One process owns a data directory at a time ([DirectoryLock]). PostgreSQL never outlives its
/// owner unnoticed: it is asked to end with the owner where the system can do that ([Account]), and
/// what is left of it after a crash is found and stopped at the next start ([Orphan]). In the other
/// direction the [Supervisor] starts a PostgreSQL that died again, on the same port.
@NullMarked
package com.openagents.runtime.app.embedded;

import org.jspecify.annotations.NullMarked;
