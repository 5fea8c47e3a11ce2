package io.snowball.customer.level;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Up and down the levels (C21), without a database. */
class LevelStepTest {
    private static final Instant AT = Instant.parse("2026-03-01T00:00:00Z");
    private final List<Level> all = List.of(
            new Level("silver", "Silver", 1, 100L, null, null, 365, 30),
            new Level("gold", "Gold", 2, 200L, null, null, 365, 30));

    @Test
    @DisplayName("C21: up at once, down only after the level was kept as long as promised")
    void c21RisesAtOnceAndFallsWhenKeptLongEnough() {
        assertThat(code(null, Set.of())).isNull();
        assertThat(code(null, Set.of("silver"))).isEqualTo("silver");
        assertThat(code(new Level.Held("silver", AT), Set.of("silver", "gold"))).isEqualTo("gold");
        assertThat(code(new Level.Held("gold", AT.minus(Duration.ofDays(29))), Set.of("silver")))
                .isEqualTo("gold");
        assertThat(code(new Level.Held("gold", AT.minus(Duration.ofDays(30))), Set.of("silver")))
                .isEqualTo("silver");
        assertThat(code(new Level.Held("gold", AT.minus(Duration.ofDays(30))), Set.of()))
                .isNull();
        assertThat(code(new Level.Held("platinum", AT), Set.of("silver"))).isEqualTo("silver");
    }

    private @Nullable String code(Level.@Nullable Held held, Set<String> reached) {
        Level next = Level.next(all, held, reached, AT);
        return next == null ? null : next.code();
    }
}
