package io.snowball.customer.level;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step of the programme. All conditions that are given must hold, over the last {@code windowDays}.
 *
 * @param minSpent in kopecks
 * @param minPoints accrued
 * @param keepDays for which a level is kept at least, however little is bought
 */
record Level(
        String code,
        String name,
        int rank,
        @Nullable Long minSpent,
        @Nullable Integer minOrders,
        @Nullable Long minPoints,
        int windowDays,
        int keepDays) {

    /** What a customer has: the highest, where two were merged. */
    record Held(String code, Instant since) {}

    /**
     * Up at once, down only after the level was kept as long as promised.
     *
     * @param reached all levels whose conditions hold
     */
    static @Nullable Level next(Collection<Level> all, @Nullable Held held, Collection<String> reached, Instant now) {
        Optional<Level> best =
                all.stream().filter(level -> reached.contains(level.code())).max(Comparator.comparingInt(Level::rank));
        Optional<Level> current = held == null
                ? Optional.empty()
                : all.stream().filter(level -> level.code().equals(held.code())).findFirst();
        if (current.isEmpty() || held == null) {
            return best.orElse(null);
        }
        boolean isHigher = best.isPresent() && best.get().rank() > current.get().rank();
        boolean isKept =
                now.isBefore(held.since().plus(Duration.ofDays(current.get().keepDays())));
        return isHigher || !isKept ? best.orElse(null) : current.get();
    }
}
