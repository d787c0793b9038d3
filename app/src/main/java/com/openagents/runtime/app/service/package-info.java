/// The service: every port meets its adapter here, and nowhere else.
@NullMarked
package com.openagents.runtime.app.service;

import org.jspecify.annotations.NullMarked;
