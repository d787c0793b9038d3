package com.openagents.runtime.http.body;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names fields that a body must not have, in either spelling, because what they would bring does
/// not belong there.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Refuses {

  String[] fields();

  String because();
}
