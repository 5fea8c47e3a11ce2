package io.snowball.segmentation.rule;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** When something must have happened to count. */
@Schema(
        name = "RuleWindow",
        description =
                "Exactly one kind: lastHours, lastDays, lastMonths, period, or from and before (one of them is enough). What is "
                        + "dated ahead of the clock counts as of just now in the first three.")
@RegisterForReflection
public record Window(
        @Schema(examples = "48", description = "Less than so many hours ago") @Nullable
        Integer lastHours,

        @Schema(examples = "30", description = "Less than so many whole days of 24 hours ago") @Nullable
        Integer lastDays,

        @Schema(examples = "6", description = "Less than so many calendar months ago, by the clock of timeZone")
        @Nullable
        Integer lastMonths,

        @Schema(description = "A calendar period by the clock of timeZone; weeks begin on Monday") @Nullable
        CalendarPeriod period,

        @Schema(examples = "1", description = "0 or absent: the current period, 1: the one before") @Nullable
        Integer periodsAgo,

        @Schema(description = "At this time or after it") @Nullable
        Instant from,

        @Schema(description = "Before this time") @Nullable Instant before,

        @Schema(examples = "Europe/Moscow", description = "For lastMonths and period; absent: UTC") @Nullable
        String timeZone) {
    static final Window EVER = new Window(null, null, null, null, null, null, null, null);

    /** The times that a window means at one moment; a bound that is null does not bound. */
    record Span(
            @Nullable Instant from,
            @Nullable Instant after,
            @Nullable Instant before) {}

    int kinds() {
        long relative = Stream.of(lastHours, lastDays, lastMonths, period)
                .filter(Objects::nonNull)
                .count();
        return (int) relative + (from != null || before != null ? 1 : 0);
    }

    boolean followsTheClock() {
        return lastHours != null || lastDays != null || lastMonths != null || period != null;
    }

    ZoneId zone() {
        return timeZone == null ? ZoneOffset.UTC : ZoneId.of(timeZone);
    }

    Span at(Instant now) {
        if (lastHours != null) {
            return after(now.minusSeconds(3600L * lastHours));
        }
        if (lastDays != null) {
            return after(now.minusSeconds(86_400L * lastDays));
        }
        ZonedDateTime local = now.atZone(zone());
        if (lastMonths != null) {
            return after(local.minusMonths(lastMonths).toInstant());
        }
        if (period != null) {
            int ago = periodsAgo == null ? 0 : periodsAgo;
            return new Span(
                    period.start(local.toLocalDate(), ago).atStartOfDay(zone()).toInstant(),
                    null,
                    period.start(local.toLocalDate(), ago - 1)
                            .atStartOfDay(zone())
                            .toInstant());
        }
        return new Span(from, null, before);
    }

    private static Span after(Instant after) {
        return new Span(null, after, null);
    }
}
