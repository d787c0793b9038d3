package com.openagents.runtime.tail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The readers of one run: who of them may be behind, and where the next page begins.
///
/// One pass at a time reads for all of them. Thread-safe: every method holds the tail's lock, none
/// of them calls out.
final class Tail {

  private final List<Subscriber> subscribers = new ArrayList<>();
  private boolean reading;
  private boolean foremostNext = true;
  private long announcements;

  /// A page to read.
  ///
  /// @param after the sequence behind which it begins
  /// @param takers those who want what is on it
  /// @param announcements how many wake-ups there had been when it was planned
  record Page(long after, List<Subscriber> takers, long announcements) {}

  synchronized void add(Subscriber subscriber) {
    subscribers.add(subscriber);
  }

  synchronized boolean empty() {
    subscribers.removeIf(Subscriber::gone);
    return subscribers.isEmpty();
  }

  /// Notes that the log reaches a sequence; without effect for readers who have it.
  synchronized void announce(long lastSeq) {
    for (Subscriber subscriber : subscribers) {
      if (subscriber.position() < lastSeq) {
        subscriber.behind = true;
        announcements++;
      }
    }
  }

  /// Claims the right to read, if anybody may be behind and nobody reads.
  synchronized boolean begin() {
    boolean begins = !reading && subscribers.stream().anyMatch(Subscriber::hungry);
    reading |= begins;
    return begins;
  }

  /// Plans the next page, or ends the pass when nobody needs one.
  ///
  /// Begins by turns behind the foremost and behind the last of those who are behind, so that a
  /// reader of a long past does not hold up the others.
  synchronized @Nullable Page next() {
    Comparator<Subscriber> order = Comparator.comparingLong(Subscriber::position);
    Subscriber first =
        subscribers.stream()
            .filter(Subscriber::hungry)
            .max(foremostNext ? order : order.reversed())
            .orElse(null);
    foremostNext = !foremostNext;
    if (first == null) {
      reading = false;
      return null;
    }
    long after = first.position();
    List<Subscriber> takers =
        subscribers.stream().filter(s -> !s.full && !s.gone() && s.position() >= after).toList();
    return new Page(after, takers, announcements);
  }

  /// Ends a pass that could not read; its readers stay behind.
  synchronized void giveUp() {
    reading = false;
  }

  /// Notes that these have all there was when the page was read.
  synchronized void caughtUp(Page page, List<Subscriber> upToDate) {
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
