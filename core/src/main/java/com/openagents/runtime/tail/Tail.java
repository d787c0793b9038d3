package com.openagents.runtime.tail;

import com.openagents.runtime.event.Envelope;
import com.openagents.runtime.stream.Published;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The readers of one run: who of them may be behind, and where the next page begins.
///
/// One pass at a time reads for all of a [Lane]. Thread-safe: every method holds the tail's lock,
/// none of them calls out.
final class Tail {

  private final List<Subscriber> subscribers = new ArrayList<>();
  private final Set<Lane> reading = EnumSet.noneOf(Lane.class);
  private final Set<Lane> lastNext = EnumSet.noneOf(Lane.class);
  private final Recent recent = new Recent();
  private long announcements;
  private long announcedTo;

  /// A page to read.
  ///
  /// @param after the sequence behind which it begins
  /// @param takers those who want what is on it
  /// @param announcements how many wake-ups there had been when it was planned
  /// @param known what is on it, when the node wrote that itself a moment ago; else it is empty,
  ///   and the log is read
  record Page(long after, List<Subscriber> takers, long announcements, List<Published> known) {}

  synchronized void add(Subscriber subscriber) {
    subscribers.add(subscriber);
  }

  synchronized boolean empty() {
    subscribers.removeIf(Subscriber::gone);
    return subscribers.isEmpty();
  }

  /// Notes what this node wrote at the end of the log, so that those who have all before it need
  /// not read it.
  synchronized void announce(long lastSeq, List<Envelope> written) {
    announce(lastSeq);
    if (subscribers.stream().anyMatch(s -> s.lane == Lane.LIVE && s.hungry())) {
      recent.add(written);
    }
  }

  /// Notes that the log reaches a sequence; without effect for readers who have it.
  synchronized void announce(long lastSeq) {
    announcedTo = Math.max(announcedTo, lastSeq);
    for (Subscriber subscriber : subscribers) {
      if (subscriber.position() < lastSeq) {
        subscriber.behind = true;
        announcements++;
      }
    }
  }

  /// Claims the right to read for a lane, if anybody there may be behind and nobody reads for it.
  synchronized boolean begin(Lane lane) {
    return subscribers.stream().anyMatch(s -> s.lane == lane && s.hungry()) && reading.add(lane);
  }

  /// Plans the next page, or ends the pass when nobody needs one.
  ///
  /// Begins by turns behind the foremost and behind the last of those who are behind, so that a
  /// reader of a long past does not hold up the others.
  synchronized @Nullable Page next(Lane lane, int limit) {
    Comparator<Subscriber> order = Comparator.comparingLong(Subscriber::position);
    Subscriber first =
        subscribers.stream()
            .filter(s -> s.lane == lane && s.hungry())
            .max(lastNext.contains(lane) ? order.reversed() : order)
            .orElse(null);
    takeTurns(lane);
    if (first == null) {
      end(lane);
      return null;
    }
    long after = first.position();
    List<Subscriber> takers =
        subscribers.stream()
            .filter(s -> s.lane == lane && !s.full && !s.gone() && s.position() >= after)
            .toList();
    List<Published> known = lane == Lane.LIVE ? recent.after(after, limit) : List.of();
    return new Page(after, takers, announcements, known);
  }

  private void end(Lane lane) {
    reading.remove(lane);
    if (lane == Lane.LIVE) {
      recent.clear();
    }
  }

  /// Each lane has turns of its own, for both are read for at the same time.
  private void takeTurns(Lane lane) {
    if (!lastNext.remove(lane)) {
      lastNext.add(lane);
    }
  }

  /// Ends a pass that could not read; its readers stay behind.
  synchronized void giveUp(Lane lane) {
    end(lane);
  }

  /// Whether nothing behind a sequence was told of so far.
  synchronized boolean reaches(long seq) {
    return seq >= announcedTo;
  }

  /// Notes that these have all there was when the page was read; they are new no longer.
  synchronized void caughtUp(Page page, List<Subscriber> upToDate) {
    upToDate.forEach(subscriber -> subscriber.lane = Lane.LIVE);
    if (page.announcements() == announcements) {
      upToDate.forEach(subscriber -> subscriber.behind = false);
    }
  }

  synchronized int readied(Subscriber subscriber) {
    return subscriber.readied;
  }

  /// Notes that a listener has no room, unless it has said since that it has.
  synchronized void filled(Subscriber subscriber, int readiedBefore) {
    subscriber.full = subscriber.readied == readiedBefore;
  }

  synchronized void ready(Subscriber subscriber) {
    subscriber.readied++;
    subscriber.full = false;
  }
}
