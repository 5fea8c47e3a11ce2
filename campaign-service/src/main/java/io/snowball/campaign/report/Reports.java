package io.snowball.campaign.report;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.report.ReportApi.CampaignReport;
import io.snowball.campaign.report.ReportApi.Purchases;
import io.snowball.campaign.report.ReportApi.ReasonCount;
import io.snowball.campaign.report.ReportApi.UpliftView;
import io.snowball.campaign.report.ReportSql.About;
import io.snowball.campaign.report.ReportSql.End;
import io.snowball.campaign.report.ReportSql.Sums;
import io.snowball.campaign.report.Uplift.Interval;
import io.snowball.platform.money.Money;
import io.snowball.platform.problem.CommonProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Puts a campaign's report together. */
@ApplicationScoped
class Reports {
    private static final String CONVERSION_METHOD = "Newcombe 1998, method 10; relative: Katz 1978";
    private static final String REVENUE_METHOD = "Welch 1947; relative: logarithm of the ratio";
    private static final double KOPECKS = 100;

    private final ReportSql sql;
    private final KeptReports kept;

    Reports(ReportSql sql, KeptReports kept) {
        this.sql = sql;
        this.kept = kept;
    }

    Uni<CampaignReport> of(UUID campaignId, double margin) {
        return sql.about(campaignId)
                .map(found ->
                        found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no campaign " + campaignId)))
                .chain(about -> kept.sums(about).map(sums -> report(about, sums, margin)));
    }

    private static CampaignReport report(About about, Sums sums, double margin) {
        List<End> ends = sums.ends();
        Money cost = new Money(sums.cost());
        Group treated = sums.groups().treated();
        Group control = sums.groups().control();
        boolean comparable = treated.customers() > 1 && control.customers() > 1;
        Uplift conversion = comparable ? Uplift.ofConversion(treated, control) : null;
        Uplift revenue = comparable ? Uplift.ofRevenue(treated, control) : null;
        Money incremental = revenue == null ? null : money(revenue.absolute() * (double) treated.customers());
        Interval bounds = revenue == null ? null : revenue.interval().times((double) treated.customers());
        long sent = count(ends, End::messages, "SENT");
        Verdict verdict = Verdict.of(treated, control);
        return new CampaignReport(
                about.id(),
                about.state(),
                about.keptAt(),
                ends.stream().mapToLong(End::messages).sum(),
                count(ends, End::messages, "DUE", "CLAIMED"),
                count(ends, End::messages, "HELD_OUT"),
                count(ends, End::messages, "SUPPRESSED"),
                reasons(ends, "SUPPRESSED"),
                sent,
                sent - count(ends, End::bounced, "SENT"),
                count(ends, End::messages, "FAILED"),
                reasons(ends, "FAILED"),
                count(ends, End::messages, "UNCERTAIN"),
                count(ends, End::messages, "CANCELLED"),
                ends.stream().mapToLong(End::opened).sum(),
                ends.stream().mapToLong(End::clicked).sum(),
                ends.stream().mapToLong(End::unsubscribed).sum(),
                cost,
                attributionEnd(ends, about.attributionDays()),
                purchases(treated),
                purchases(control),
                conversion == null ? null : view(conversion, 1, CONVERSION_METHOD),
                revenue == null ? null : view(revenue, 1 / KOPECKS, REVENUE_METHOD),
                incremental,
                bounds == null ? null : money(bounds.low()),
                bounds == null ? null : money(bounds.high()),
                roi(incremental, cost, margin),
                verdict,
                verdict.sentence());
    }

    private static long count(List<End> ends, ToLongFunction<End> what, String... states) {
        return ends.stream()
                .filter(end -> List.of(states).contains(end.state()))
                .mapToLong(what)
                .sum();
    }

    private static List<ReasonCount> reasons(List<End> ends, String state) {
        return ends.stream()
                .filter(end -> end.state().equals(state))
                .map(end -> new ReasonCount(Objects.requireNonNullElse(end.reason(), "UNKNOWN"), end.messages()))
                .sorted(Comparator.comparingLong(ReasonCount::customers).reversed())
                .toList();
    }

    private static @Nullable Instant attributionEnd(List<End> ends, int days) {
        return ends.stream()
                .map(End::lastDecidedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(last -> last.plus(Duration.ofDays(days)))
                .orElse(null);
    }

    private static Purchases purchases(Group group) {
        boolean empty = group.customers() == 0;
        return new Purchases(
                group.customers(),
                group.buyers(),
                group.orders(),
                new Money(group.revenue()),
                empty ? null : group.conversion(),
                empty ? null : group.revenuePerCustomer() / KOPECKS);
    }

    /** @param unit what to multiply an absolute value with to show it */
    private static UpliftView view(Uplift uplift, double unit, String method) {
        return new UpliftView(
                uplift.absolute() * unit,
                uplift.interval().low() * unit,
                uplift.interval().high() * unit,
                uplift.relative().orElse(null),
                uplift.relativeInterval().map(Interval::low).orElse(null),
                uplift.relativeInterval().map(Interval::high).orElse(null),
                method);
    }

    private static @Nullable Double roi(@Nullable Money incremental, Money cost, double margin) {
        return incremental == null || cost.kopecks() == 0
                ? null
                : (incremental.kopecks() * margin - cost.kopecks()) / cost.kopecks();
    }

    private static Money money(double kopecks) {
        return new Money(Math.round(kopecks));
    }
}
