package io.snowball.segmentation.metric;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.metric.MetricApi.CustomerMetricsView;
import io.snowball.segmentation.metric.MetricApi.Engagement;
import io.snowball.segmentation.metric.MetricApi.LastAnswer;
import io.snowball.segmentation.rfm.RfmCell;
import io.snowball.segmentation.rfm.RfmSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is stored of a customer, and the formulas of what follows from it. */
record CustomerMetrics(
        UUID customerId,
        int orders,
        Money revenue,
        Money averageBill,
        int returns,
        Money returned,
        int favouriteHour,
        @Nullable Instant first,
        @Nullable Instant last,
        @Nullable RfmCell cell) {
    private static final BigDecimal SECONDS_A_DAY = BigDecimal.valueOf(86_400);

    CustomerMetricsView view(
            RfmSettings rfm, Instant now, @Nullable String category, Engagement engagement, List<LastAnswer> feedback) {
        return new CustomerMetricsView(
                customerId,
                orders,
                revenue,
                last == null ? null : averageBill,
                first,
                last,
                daysSince(first, now),
                daysSince(last, now),
                averageIntervalDays(),
                lifetimeDays(rfm, now),
                revenue,
                returns,
                returned,
                favouriteHour < 0 ? null : favouriteHour,
                category,
                cell,
                engagement,
                feedback);
    }

    /** M5: between the first and the last order lie one interval fewer than there are orders. */
    private @Nullable BigDecimal averageIntervalDays() {
        if (first == null || last == null || orders < 2) {
            return null;
        }
        BigDecimal seconds = BigDecimal.valueOf(Duration.between(first, last).toSeconds());
        return seconds.divide(SECONDS_A_DAY.multiply(BigDecimal.valueOf(orders - 1L)), 1, RoundingMode.HALF_UP);
    }

    /** M6: churned with the last order, as soon as the grid says lost; until then life goes on. */
    private @Nullable Long lifetimeDays(RfmSettings rfm, Instant now) {
        Long idle = daysSince(last, now);
        if (first == null || last == null || idle == null) {
            return null;
        }
        return daysSince(first, idle > rfm.atRiskDays() ? last : now);
    }

    private static @Nullable Long daysSince(@Nullable Instant at, Instant now) {
        return at == null ? null : Math.max(0, Duration.between(at, now).toDays());
    }
}
