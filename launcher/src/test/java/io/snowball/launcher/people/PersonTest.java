package io.snowball.launcher.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PersonTest {
    @Test
    void isTheSameForTheSameNumber() {
        assertThat(Person.of(4711)).isEqualTo(Person.of(4711));
    }

    @Test
    void hasAnAddressAndANumberThatNobodyElseHas() {
        var people = IntStream.range(0, 50_000).mapToObj(Person::of).toList();
        assertThat(people).extracting(Person::email).doesNotHaveDuplicates();
        assertThat(people)
                .extracting(Person::phone)
                .doesNotHaveDuplicates()
                .allMatch(phone -> phone.matches("\\+79\\d{9}"));
    }

    @Test
    void bearsTheFamilyNameOfItsSex() {
        assertThat(IntStream.range(0, 1_000).mapToObj(Person::of))
                .allMatch(person ->
                        person.sex().equals("FEMALE") == person.lastName().endsWith("а"));
    }
}
