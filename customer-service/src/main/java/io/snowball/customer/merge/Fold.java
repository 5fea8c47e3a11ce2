package io.snowball.customer.merge;

import io.snowball.customer.profile.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is known of two records of one person, and how that is taken apart again. */
final class Fold {
    private Fold() {}

    /** The survivor as it was before a merge, and who was taken in. */
    record Step(Person before, Person other) {
        Person after() {
            return merged(before, other);
        }
    }

    /** The survivor's word counts; what it does not know is taken from the other. */
    static Person merged(Person survivor, Person other) {
        return new Person(
                survivor.id(),
                survivor.version() + 1,
                other.profile().overlaidBy(survivor.profile()),
                earlier(survivor.registeredAt(), other.registeredAt()));
    }

    /**
     * All that became of the survivor, had the first step not been: what a later one brought as well is there by that one then. What
     * has been told between the steps, and since, stays.
     *
     * @param steps that still hold, in their order
     * @return how the survivor would have been before each step but the first, and last how it would be now
     */
    static List<Person> withoutFirst(List<Step> steps, Person now) {
        Person was = steps.getFirst().after();
        Person is = steps.getFirst().before();
        List<Person> course = new ArrayList<>();
        for (Step step : steps.subList(1, steps.size())) {
            Person before = carriedOver(step.before(), was, is, step.before().version());
            course.add(before);
            was = step.after();
            is = merged(before, step.other());
        }
        course.add(carriedOver(now, was, is, now.version() + 1));
        return course;
    }

    /** As {@code is} where nothing has been told since it {@code was}. */
    private static Person carriedOver(Person then, Person was, Person is, int version) {
        return new Person(
                then.id(),
                version,
                then.profile().without(was.profile(), is.profile()),
                then.registeredAt().equals(was.registeredAt()) ? is.registeredAt() : then.registeredAt());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
