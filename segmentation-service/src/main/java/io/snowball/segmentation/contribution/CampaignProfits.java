package io.snowball.segmentation.contribution;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.contribution.CampaignRestClient.Campaign;
import io.snowball.segmentation.contribution.Campaigns.Reported;
import io.snowball.segmentation.contribution.ContributionApi.CampaignReturn;
import io.snowball.segmentation.contribution.ContributionApi.CampaignReturnReport;
import io.snowball.segmentation.contribution.ContributionApi.CampaignReturns;
import io.snowball.segmentation.contribution.ContributionApi.CampaignTotal;
import io.snowball.segmentation.contribution.ContributionSql.Recipients;
import io.snowball.segmentation.report.Both;
import io.snowball.segmentation.report.Comparison;
import io.snowball.segmentation.report.Csv;
import io.snowball.segmentation.report.Period;
import io.snowball.segmentation.report.ReportAbout;
import io.snowball.segmentation.report.ShareView;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** M13, H8, B15: what campaigns brought after their cost. */
@ApplicationScoped
class CampaignProfits {
    private static final String FORMULA =
            "profit = incremental revenue x marginShare - cost; ROI = profit / cost; incremental revenue = (revenue per "
                    + "treated customer - revenue per control customer) x treated customers";

    private final Pool pool;
    private final ContributionSql sql;
    private final Campaigns campaigns;

    CampaignProfits(Pool pool, ContributionSql sql, Campaigns campaigns) {
        this.pool = pool;
        this.sql = sql;
        this.campaigns = campaigns;
    }

    Uni<CampaignReturnReport> one(UUID campaignId, BigDecimal margin) {
        return campaigns
                .report(campaignId)
                .chain(reported -> sql.recipients(pool, campaignId).map(people -> one(reported, people, margin)));
    }

    private static CampaignReturnReport one(Reported reported, Recipients people, BigDecimal margin) {
        return new CampaignReturnReport(
                Returns.of(reported, margin),
                margin,
                FORMULA,
                "Customers whom the campaign wrote to, and its control group, within its attribution days",
                warning(people),
                ShareView.of(people.unanswered(), people.received()),
                people.inARow() == null
                        ? null
                        : BigDecimal.valueOf(people.inARow()).setScale(2, RoundingMode.HALF_UP));
    }

    private static String warning(Recipients people) {
        return String.format(
                Locale.ROOT,
                "ROI does not show how the base wears out: %,d of %,d did not answer, and each further message makes an answer "
                        + "less likely.",
                people.unanswered(),
                people.received());
    }

    Uni<CampaignReturns> all(Period period, Comparison comparison, BigDecimal margin) {
        Period compared = period.comparedWith(comparison);
        return campaigns
                .reports(campaign ->
                        launchedIn(period, campaign) || (compared != null && launchedIn(compared, campaign)))
                .chain(reported -> Both.count(period, compared, p -> sql.revenue(pool, p))
                        .map(revenue -> all(period, compared, reported, revenue, margin)));
    }

    private static CampaignReturns all(
            Period period, @Nullable Period compared, List<Reported> reported, Both<Long> revenue, BigDecimal margin) {
        return new CampaignReturns(
                ReportAbout.of(
                        period,
                        compared,
                        FORMULA
                                + "; incrementalPercent = sum of incremental revenue / revenue of all orders of the period",
                        "Campaigns launched in the period"),
                margin,
                total(period, reported, revenue.now(), margin),
                compared == null || revenue.before() == null
                        ? null
                        : total(compared, reported, revenue.before(), margin),
                launched(period, reported)
                        .map(one -> Returns.of(one, margin))
                        .sorted(Comparator.comparing((CampaignReturn one) -> Objects.requireNonNull(one.launchedAt()))
                                .reversed())
                        .toList());
    }

    private static CampaignTotal total(Period period, List<Reported> reported, long revenue, BigDecimal margin) {
        return Returns.total(launched(period, reported).toList(), new Money(revenue), margin);
    }

    private static Stream<Reported> launched(Period period, List<Reported> reported) {
        return reported.stream().filter(one -> launchedIn(period, one.campaign()));
    }

    private static boolean launchedIn(Period period, Campaign campaign) {
        Instant at = campaign.launchedAt();
        return at != null
                && !at.isBefore(period.start().toInstant())
                && at.isBefore(period.end().toInstant());
    }

    static String csv(CampaignReturns report) {
        return Csv.table(
                List.of(
                        "campaignId",
                        "name",
                        "channel",
                        "launchedAt",
                        "cost",
                        "incrementalRevenue",
                        "incrementalRevenueLow",
                        "incrementalRevenueHigh",
                        "profit",
                        "roiPercent",
                        "paysBack"),
                report.campaigns().stream()
                        .map(c -> Csv.row(
                                c.campaignId(),
                                c.name(),
                                c.channel(),
                                c.launchedAt(),
                                c.cost(),
                                c.incrementalRevenue(),
                                c.incrementalRevenueLow(),
                                c.incrementalRevenueHigh(),
                                c.profit(),
                                c.roiPercent(),
                                c.paysBack())));
    }
}
