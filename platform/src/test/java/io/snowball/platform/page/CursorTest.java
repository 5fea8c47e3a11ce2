package io.snowball.platform.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snowball.platform.problem.ProblemException;
import java.util.List;
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
    void tellsThatThereIsMoreByTheOneRowTooMany() {
        Keyset<String> page = Keyset.of(List.of("a", "b", "c"), 2, List::of);
        assertThat(page.items()).containsExactly("a", "b");
        assertThat(Cursor.decode(page.nextCursor(), 1)).containsExactly("b");
        assertThat(Keyset.of(List.of("a", "b"), 2, List::<String>of).nextCursor())
                .isNull();
    }
}
