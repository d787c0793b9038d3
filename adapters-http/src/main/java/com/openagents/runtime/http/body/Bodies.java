package com.openagents.runtime.http.body;

import com.openagents.runtime.canon.Json;
import com.openagents.runtime.canon.JsonReader;
import com.openagents.runtime.canon.JsonRefused;
import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.ProblemCode;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/// Reads bodies: strict JSON, then the form of a record, then the record's constraints.
/// Thread-safe.
public final class Bodies {

  private final Map<Class<?>, RecordForm<?>> forms = new ConcurrentHashMap<>();
  private final Validator validator =
      Validation.byProvider(HibernateValidator.class)
          .configure()
          .messageInterpolator(new ParameterMessageInterpolator())
          .buildValidatorFactory()
          .getValidator();

  /// @throws Problem naming everything that is wrong with the first of the three that fails
  public <T extends Record> T read(byte[] utf8, Class<T> type) {
    Findings findings = new Findings();
    if (!(json(utf8) instanceof Json.Obj object)) {
      findings.malformed(Pointer.ROOT, "The document is not an object");
      findings.raise();
      throw new IllegalStateException("unreachable");
    }
    T body = form(type).read(object, Pointer.ROOT, findings);
    if (body != null) {
      for (ConstraintViolation<T> violation : validator.validate(body)) {
        findings.unacceptable(
            place(violation.getPropertyPath()), "is not " + violation.getMessage());
      }
    }
    findings.raise();
    if (body == null) {
      throw new IllegalStateException("a body that cannot be read has a finding");
    }
    return body;
  }

  private static Json json(byte[] utf8) {
    try {
      return JsonReader.read(utf8);
    } catch (JsonRefused e) {
      ProblemCode code =
          switch (e.kind()) {
            case NOT_JSON -> ProblemCode.INVALID_REQUEST;
            case TOO_LARGE -> ProblemCode.PAYLOAD_TOO_LARGE;
            case DUPLICATE_KEY, TOO_DEEP, UNICODE, NUMBER_RANGE -> ProblemCode.UNPROCESSABLE;
          };
      throw Problem.at(code, e.path(), String.valueOf(e.getMessage()));
    }
  }

  @SuppressWarnings("unchecked") // A form is made of the class under which it is kept.
  private <T extends Record> RecordForm<T> form(Class<T> type) {
    return (RecordForm<T>) forms.computeIfAbsent(type, _ -> new RecordForm<>(type));
  }

  private static Pointer place(Path path) {
    Pointer place = Pointer.ROOT;
    for (Path.Node node : path) {
      Integer index = node.getIndex();
      place = index == null ? place : place.item(index);
      boolean named = node.getName() != null && !node.getName().startsWith("<");
      place = named ? place.field(node.getName()) : place;
    }
    return place;
  }
}
