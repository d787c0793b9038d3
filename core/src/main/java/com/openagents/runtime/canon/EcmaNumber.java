package com.openagents.runtime.canon;

import java.math.BigDecimal;
import java.math.MathContext;

/// Writes a double as ECMAScript's `Number::toString` does, the form that RFC 8785 section 3.2.2.3
/// asks for. The digits are the shortest that read back to the same double, which
/// [Double#toString(double)] yields since Java 19, but for one thing: it never yields a single
/// digit where two come closer, as in `4.9E-324` for `5e-324`.
final class EcmaNumber {

  private EcmaNumber() {}

  static String text(double value) {
    long integer = (long) value;
    if (integer == value && Math.abs(integer) <= 9_007_199_254_740_991L) {
      return Long.toString(integer);
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int pointAfter = digits.length() - shortest.scale();
    return (value < 0 ? "-" : "") + layout(digits, pointAfter);
  }

  private static BigDecimal shortest(double value) {
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (value < Double.MIN_NORMAL && digits.precision() == 2) {
      BigDecimal digit = digits.round(new MathContext(1)).stripTrailingZeros();
      return digit.doubleValue() == value ? digit : digits;
    }
    return digits;
  }

  private static String layout(String digits, int pointAfter) {
    if (pointAfter > 21 || pointAfter <= -6) {
      int exponent = pointAfter - 1;
      String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
      return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
    if (pointAfter <= 0) {
      return "0." + "0".repeat(-pointAfter) + digits;
    }
    if (pointAfter >= digits.length()) {
      return digits + "0".repeat(pointAfter - digits.length());
    }
    return digits.substring(0, pointAfter) + "." + digits.substring(pointAfter);
  }
}
