package io.snowball.segmentation.report;

import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was counted for a period, and for the one it is compared with, if any. */
public record Both<T>(T now, @Nullable T before) {
    /** One after the other: two counts of a whole base at once would take the machine from everybody else. */
    public static <T> Uni<Both<T>> count(Period period, @Nullable Period compared, Function<Period, Uni<T>> count) {
        Uni<T> now = count.apply(period);
        return compared == null
                ? now.map(counted -> new Both<>(counted, null))
                : now.chain(counted -> count.apply(compared).map(before -> new Both<>(counted, before)));
    }
}
