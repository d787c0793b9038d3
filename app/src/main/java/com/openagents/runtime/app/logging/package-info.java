/// How the service's log lines look, and what never gets into them.
///
/// Lines are JSON for machines and text for a terminal; both go to standard error. Text from
/// outside cannot begin a line of its own or steer a terminal ([Unprintable]), and secrets are
/// taken out ([SecretMask]). A `logback.xml` of the operator's own takes the place of all this.
@NullMarked
package com.openagents.runtime.app.logging;

import org.jspecify.annotations.NullMarked;
