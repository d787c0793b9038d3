package com.openagents.runtime.http.schema;

import com.openagents.runtime.canon.CanonicalJson;
import com.openagents.runtime.canon.Json;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Bounds a free value by the size of its canonical form.
@Constraint(validatedBy = Bounded.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface Bounded {

  int bytesMax();

  String message() default "an object of at most {bytesMax} bytes in canonical form";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /// Measures what the annotation stands on.
  final class Validator implements ConstraintValidator<Bounded, Json.Obj> {

    private int bytesMax;

    @Override
    public void initialize(Bounded bound) {
      bytesMax = bound.bytesMax();
    }

    @Override
    public boolean isValid(Json.@Nullable Obj value, ConstraintValidatorContext context) {
      return value == null
          || CanonicalJson.write(value).getBytes(StandardCharsets.UTF_8).length <= bytesMax;
    }
  }
}
