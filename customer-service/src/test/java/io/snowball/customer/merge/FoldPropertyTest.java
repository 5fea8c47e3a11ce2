package io.snowball.customer.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.customer.merge.Fold.Step;
import io.snowball.customer.profile.Details;
import io.snowball.customer.profile.Details.Address;
import io.snowball.customer.profile.Person;
import io.snowball.customer.profile.Profile;
import io.snowball.customer.profile.TimeZoneSource;
import io.snowball.platform.id.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles of which merges are undone in any order (G5), against the same course of things told anew without them. */
class FoldPropertyTest {
    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    private static final int COURSES = 300;

    private final UUID id = Ids.next();
    private int told;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("G5: after each undoing all is as if that merge had never been")
    void g05AfterEachUndoingAllIsAsIfItHadNeverBeen(long seed) {
        Random random = new Random(seed);
        for (int course = 0; course < COURSES; course++) {
            anyCourse(random);
        }
    }

    @Test
    @DisplayName("G5: what two of those taken in knew stays known until the second is given back, too")
    void g05WhatTwoKnewStaysUntilTheSecondIsGivenBack() {
        Person survivor = person(profile(null, null, null, Map.of()), 10);
        Person first = person(profile("Анна", null, null, Map.of()), 20);
        Person second = person(profile("Аня", null, null, Map.of()), 5);
        Step one = new Step(survivor, first);
        Step two = new Step(one.after(), second);
        assertThat(two.after().profile().firstName()).isEqualTo("Анна");

        List<Person> course = Fold.withoutFirst(List.of(one, two), two.after());
        assertThat(course.getFirst().profile().firstName()).isNull();
        assertThat(course.getLast().profile().firstName()).isEqualTo("Аня");
        assertThat(course.getLast().registeredAt()).isEqualTo(second.registeredAt());
        Person alone = Fold.withoutFirst(List.of(new Step(course.getFirst(), second)), course.getLast())
                .getLast();
        assertThat(alone.profile()).isEqualTo(survivor.profile());
        assertThat(alone.registeredAt()).isEqualTo(survivor.registeredAt());
    }

    @Test
    @DisplayName("G5: a time zone told since keeps how it came to be known")
    void g05ATimeZoneKeepsItsSource() {
        Person survivor = person(profile(null, null, null, Map.of()), 1);
        Person other = person(profile(null, "Asia/Omsk", TimeZoneSource.TOLD, Map.of()), 2);
        Step step = new Step(survivor, other);
        Person now = person(profile(null, "Europe/Moscow", TimeZoneSource.TOLD, Map.of()), 1);
        Profile left = Fold.withoutFirst(List.of(step), now).getLast().profile();
        assertThat(left.timeZone()).isEqualTo("Europe/Moscow");
        assertThat(left.details().timeZoneSource()).isEqualTo(TimeZoneSource.TOLD);
    }

    private void anyCourse(Random random) {
        Person start = any(random);
        List<Step> steps = new ArrayList<>();
        List<Object> log = new ArrayList<>();
        Person now = start;
        for (int i = 0; i < 1 + random.nextInt(7); i++) {
            if (random.nextInt(3) == 0) {
                Profile news = profile("told " + told++, null, null, Map.of("b", "told " + told++));
                now = tell(now, news);
                log.add(news);
            } else {
                Step step = new Step(now, any(random));
                steps.add(step);
                log.add(step.other());
                now = step.after();
            }
        }
        while (!steps.isEmpty()) {
            int place = random.nextInt(steps.size());
            log.remove(steps.get(place).other());
            now = undo(steps, place, now);
            Person expected = replay(start, log);
            assertThat(now.profile()).isEqualTo(expected.profile());
            assertThat(now.registeredAt()).isEqualTo(expected.registeredAt());
        }
    }

    /** As the database keeps them: what came before stays, what came later is corrected. */
    private static Person undo(List<Step> steps, int place, Person now) {
        List<Person> course = Fold.withoutFirst(List.copyOf(steps.subList(place, steps.size())), now);
        for (int i = place + 1; i < steps.size(); i++) {
            steps.set(i, new Step(course.get(i - place - 1), steps.get(i).other()));
        }
        steps.remove(place);
        return course.getLast();
    }

    private Person replay(Person start, List<Object> log) {
        Person now = start;
        for (Object each : log) {
            now = each instanceof Person other ? Fold.merged(now, other) : tell(now, (Profile) each);
        }
        return now;
    }

    private Person tell(Person now, Profile news) {
        return new Person(id, now.version() + 1, now.profile().overlaidBy(news), now.registeredAt());
    }

    private Person any(Random random) {
        boolean zone = random.nextBoolean();
        Map<String, Object> attributes = new TreeMap<>();
        Stream.of("a", "b", "c")
                .filter(_ -> random.nextBoolean())
                .forEach(name -> attributes.put(name, random.nextInt(3)));
        return person(
                profile(
                        random.nextBoolean() ? "name " + random.nextInt(3) : null,
                        zone ? List.of("Asia/Omsk", "Europe/Moscow").get(random.nextInt(2)) : null,
                        zone ? TimeZoneSource.values()[random.nextInt(3)] : null,
                        attributes),
                random.nextInt(1000));
    }

    private Person person(Profile profile, int days) {
        return new Person(Ids.next(), 1, profile, FIRST.plusSeconds(days * 86_400L));
    }

    private static Profile profile(
            @Nullable String name,
            @Nullable String zone,
            @Nullable TimeZoneSource source,
            Map<String, Object> attributes) {
        Address address = name == null ? null : new Address(null, null, "town of " + name, null, null);
        Details details = new Details(null, address, source, null, null, null, null, attributes, Map.of());
        return new Profile(name, null, null, null, zone, null, null, details);
    }
}
