package com.openagents.runtime.http.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runtime.http.exchange.Problem;
import com.openagents.runtime.http.exchange.Query;
import com.openagents.runtime.stream.Cursor;
import com.openagents.runtime.stream.CursorVerdict;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a reader says that it goes on: a line `Last-Event-ID`, and behind it the query.
///
/// The law: a cursor is the number that the text is; the header wins; what a query says, it says
/// again when it is encoded anew; and no verdict skips an event or repeats one that was seen.
final class CursorParser implements Parser {

  private static final Set<String> KNOWN = Set.of("cursor", "format");
  private static final BigInteger END = BigInteger.TEN.pow(18);

  @Override
  public boolean takes(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    String header = end < 0 ? null : text.substring(0, end);
    Query query;
    try {
      query = Query.parse(text.substring(end + 1), KNOWN);
    } catch (Problem refused) {
      assertThat(refused.code().status()).isEqualTo(400);
      return false;
    }
    String asked = query.text("cursor");
    if (asked != null) {
      String again = "cursor=" + URLEncoder.encode(asked, StandardCharsets.UTF_8);
      assertThat(Query.parse(again, KNOWN).text("cursor")).isEqualTo(asked);
    }
    Optional<Cursor> cursor = Cursor.parse(header, asked);
    assertThat(cursor).isEqualTo(meant(header == null || header.isEmpty() ? asked : header));
    cursor.ifPresent(CursorParser::assertContinues);
    return cursor.isPresent();
  }

  private static Optional<Cursor> meant(@Nullable String text) {
    if (text == null) {
      return Optional.of(new Cursor.Start());
    }
    if (text.equals("latest")) {
      return Optional.of(new Cursor.Latest());
    }
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > 18 || new BigInteger(text).compareTo(END) >= 0) {
      return Optional.empty();
    }
    long seq = new BigInteger(text).longValueExact();
    return Optional.of(seq == 0 ? new Cursor.Start() : new Cursor.After(seq));
  }

  private static void assertContinues(Cursor cursor) {
    for (long head = 1; head < 5; head++) {
      for (long floor = 0; floor <= head; floor++) {
        CursorVerdict verdict = cursor.against(head, floor, null);
        if (cursor instanceof Cursor.After(long seq)) {
          CursorVerdict right =
              seq > head
                  ? new CursorVerdict.Ahead(head)
                  : seq < floor
                      ? new CursorVerdict.Stale(floor, head)
                      : new CursorVerdict.Replay(seq);
          assertThat(verdict).isEqualTo(right);
        }
      }
    }
  }
}
