package io.snowball.customer.merge;

import io.snowball.customer.profile.Person;
import java.time.Instant;

/** What is known of two records of one person, and how that is taken apart again. */
final class Fold {
    private Fold() {}

    /** The survivor's word counts; what it does not know is taken from the other. */
    static Person merged(Person survivor, Person other) {
        return new Person(
                survivor.id(),
                survivor.version() + 1,
                other.profile().overlaidBy(survivor.profile()),
                earlier(survivor.registeredAt(), other.registeredAt()));
    }

    /** Gives up what came from the other, but for what has been told anew since. */
    static Person unmerged(Person now, Person before, Person other) {
        Person merged = merged(before, other);
        return new Person(
                now.id(),
                now.version() + 1,
                now.profile().without(merged.profile(), before.profile()),
                now.registeredAt().equals(merged.registeredAt()) ? before.registeredAt() : now.registeredAt());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
