package io.snowball.segmentation.contribution;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.contribution.CampaignRestClient.Report;
import io.snowball.segmentation.contribution.Campaigns.Reported;
import io.snowball.segmentation.contribution.ContributionApi.CampaignReturn;
import io.snowball.segmentation.contribution.ContributionApi.CampaignTotal;
import io.snowball.segmentation.contribution.ContributionApi.PaysBack;
import io.snowball.segmentation.report.Percent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arithmetic of profit and return. */
final class Returns {
    private Returns() {}

    static CampaignReturn of(Reported reported, BigDecimal margin) {
        Report report = reported.report();
        Money profit = profit(report.incrementalRevenue(), margin, report.cost());
        Money low = profit(report.incrementalRevenueLow(), margin, report.cost());
        Money high = profit(report.incrementalRevenueHigh(), margin, report.cost());
        return new CampaignReturn(
                reported.campaign().id(),
                reported.campaign().name(),
                reported.campaign().channel(),
                reported.campaign().launchedAt(),
                report.cost(),
                report.incrementalRevenue(),
                report.incrementalRevenueLow(),
                report.incrementalRevenueHigh(),
                profit,
                low,
                high,
                profit == null
                        ? null
                        : Percent.of(profit.kopecks(), report.cost().kopecks()),
                paysBack(low, high));
    }

    private static @Nullable Money profit(@Nullable Money incremental, BigDecimal margin, Money cost) {
        return incremental == null ? null : new Money(share(incremental.kopecks(), margin) - cost.kopecks());
    }

    private static long share(long kopecks, BigDecimal margin) {
        return BigDecimal.valueOf(kopecks)
                .multiply(margin)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static PaysBack paysBack(@Nullable Money low, @Nullable Money high) {
        if (low == null || high == null) {
            return PaysBack.NO_CONTROL_GROUP;
        }
        if (low.kopecks() > 0) {
            return PaysBack.YES;
        }
        return high.kopecks() < 0 ? PaysBack.NO : PaysBack.NOT_SHOWN;
    }

    /** Half widths of independent intervals add up as the sides of right triangles do. */
    static CampaignTotal total(List<Reported> reported, Money revenue, BigDecimal margin) {
        long incremental = 0;
        double lowSquares = 0;
        double highSquares = 0;
        for (Reported one : reported) {
            Report report = one.report();
            if (report.incrementalRevenue() != null) {
                long value = report.incrementalRevenue().kopecks();
                incremental += value;
                lowSquares += square((double) (value - kopecks(report.incrementalRevenueLow(), value)));
                highSquares += square((double) (kopecks(report.incrementalRevenueHigh(), value) - value));
            }
        }
        long low = incremental - Math.round(Math.sqrt(lowSquares));
        long high = incremental + Math.round(Math.sqrt(highSquares));
        long cost = reported.stream()
                .mapToLong(one -> one.report().cost().kopecks())
                .sum();
        long profit = share(incremental, margin) - cost;
        return new CampaignTotal(
                reported.size(),
                (int) reported.stream()
                        .filter(one -> one.report().incrementalRevenue() == null)
                        .count(),
                (int) reported.stream()
                        .filter(one -> of(one, margin).paysBack() == PaysBack.NO)
                        .count(),
                new Money(incremental),
                new Money(low),
                new Money(high),
                Percent.of(incremental, revenue.kopecks()),
                Percent.of(low, revenue.kopecks()),
                Percent.of(high, revenue.kopecks()),
                revenue,
                new Money(cost),
                new Money(profit),
                Percent.of(profit, cost));
    }

    private static double square(double number) {
        return number * number;
    }

    private static long kopecks(@Nullable Money bound, long otherwise) {
        return bound == null ? otherwise : bound.kopecks();
    }
}
