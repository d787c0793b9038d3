package com.openagents.runtime.canon;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Where short forms are hard to find, ECMAScript's definition itself is the referee: the fewest
/// digits that read back to the double, of those the closest, and of two as close the even ones.
class ShortestDigitsTest {

  private static void assertShortest(DoubleStream numbers) {
    numbers.forEach(number ->
        assertThat(new BigDecimal(EcmaNumber.text(number)).stripTrailingZeros())
            .as("double %x", Double.doubleToLongBits(number))
            .isEqualTo(shortest(number)));
  }

  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    return IntStream.rangeClosed(1, 17)
        .mapToObj(digits -> closest(exact, digits, number))
        .flatMap(candidates -> candidates)
        .findFirst()
        .orElseThrow()
        .stripTrailingZeros();
  }

  private static Stream<BigDecimal> closest(BigDecimal exact, int digits, double number) {
    return Stream.of(RoundingMode.DOWN, RoundingMode.UP)
        .map(mode -> exact.round(new MathContext(digits, mode)))
        .filter(rounded -> rounded.doubleValue() == number)
        .min(
            Comparator.comparing((BigDecimal rounded) -> rounded.subtract(exact).abs())
                .thenComparing(rounded -> rounded.unscaledValue().testBit(0)))
        .stream();
  }

  private static DoubleStream around(double number) {
    return DoubleStream.of(Math.nextDown(number), number, Math.nextUp(number));
  }

  @Test
  void finds_them_for_the_smallest_doubles() {
    assertShortest(LongStream.range(1, 3_000).mapToDouble(Double::longBitsToDouble));
  }

  @Test
  void finds_them_around_the_powers_of_two() {
    assertShortest(
        IntStream.range(-1073, 1024)
            .mapToDouble(exponent -> Math.scalb(1.0, exponent))
            .flatMap(ShortestDigitsTest::around));
  }

  @Test
  void finds_them_around_the_powers_of_ten() {
    assertShortest(
        IntStream.range(-322, 309)
            .mapToDouble(exponent -> Double.parseDouble("1e" + exponent))
            .flatMap(ShortestDigitsTest::around));
  }
}
