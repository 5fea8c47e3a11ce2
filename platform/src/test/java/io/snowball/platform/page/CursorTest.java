package io.snowball.platform.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snowball.platform.problem.ProblemException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CursorTest {
    @Test
    void bringsBackTheKeyItWasMadeOf() {
        String cursor = Cursor.encode(List.of("Ёлка", "42"), "active", 7);
        assertThat(Cursor.decode(cursor, 2, "active", 7)).containsExactly("Ёлка", "42");
        assertThat(Cursor.decode(null, 2, "active", 7)).isNull();
    }

    @Test
    void refusesToGoOnInAnotherList() {
        String cursor = Cursor.encode(List.of("a"), "active");
        assertThatThrownBy(() -> Cursor.decode(cursor, 1, "ended"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("other filters");
        assertThatThrownBy(() -> Cursor.decode(cursor, 2, "active")).isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesRubbish() {
        for (String rubbish : List.of("%", "bm90IGpzb24", "e30", "W10", "bnVsbA", "\u0416")) {
            assertThatThrownBy(() -> Cursor.decode(rubbish, 1)).as(rubbish).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void readsPartsOfAKeyAsCarefullyAsAnyInput() {
        UUID id = UUID.fromString("01980d2c-4a3e-7c52-9d0a-5b1f3f0c9a11");
        assertThat(Cursor.asUuid(id.toString())).isEqualTo(id);
        assertThat(Cursor.asInstant("2026-11-22T01:02:03.000004Z")).isEqualTo("2026-11-22T01:02:03.000004Z");
        assertThat(Cursor.asInt("-7")).isEqualTo(-7);
        assertThat(Cursor.asLong("7000000000")).isEqualTo(7_000_000_000L);
        List<Function<String, ?>> readers = List.of(Cursor::asUuid, Cursor::asInstant, Cursor::asInt, Cursor::asLong);
        for (String madeUp :
                List.of("", "x", "99999999999999999999", "+1000000000-12-31T23:59:59Z", "0001-01-01T00:00:00Z")) {
            for (Function<String, ?> reader : readers) {
                assertThatThrownBy(() -> reader.apply(madeUp)).as(madeUp).isInstanceOf(ProblemException.class);
            }
        }
    }

    @Test
    void refusesAPartThatNoTableHolds() {
        for (String key : List.of("[null]", "[\"a\\u0000\"]")) {
            String cursor = Base64.getUrlEncoder()
                    .encodeToString("{\"v\":1,\"k\":%s,\"q\":%d}"
                            .formatted(key, Objects.hash())
                            .getBytes(UTF_8));
            assertThatThrownBy(() -> Cursor.decode(cursor, 1))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("nextCursor");
        }
    }

    @Test
    void tellsThatThereIsMoreByTheOneRowTooMany() {
        Keyset<String> page = Keyset.of(List.of("a", "b", "c"), 2, List::of);
        assertThat(page.items()).containsExactly("a", "b");
        assertThat(Cursor.decode(page.nextCursor(), 1)).containsExactly("b");
        assertThat(Keyset.of(List.of("a", "b"), 2, List::<String>of).nextCursor())
                .isNull();
    }
}
