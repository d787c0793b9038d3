/// Tells by an OpenID Connect identity token which service calls: the token is signed with a key
/// that its issuer publishes.
@NullMarked
package com.openagents.runtime.http.oidc;

import org.jspecify.annotations.NullMarked;
