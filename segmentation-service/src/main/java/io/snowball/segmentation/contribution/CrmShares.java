package io.snowball.segmentation.contribution;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.contribution.ContributionApi.Basis;
import io.snowball.segmentation.contribution.ContributionApi.ChannelContribution;
import io.snowball.segmentation.contribution.ContributionApi.CrmShareReport;
import io.snowball.segmentation.contribution.ContributionSql.Followed;
import io.snowball.segmentation.contribution.ContributionSql.Sent;
import io.snowball.segmentation.report.Both;
import io.snowball.segmentation.report.Comparison;
import io.snowball.segmentation.report.Csv;
import io.snowball.segmentation.report.Percent;
import io.snowball.segmentation.report.Period;
import io.snowball.segmentation.report.ReportAbout;
import io.snowball.segmentation.report.ShareView;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** B16: the share of revenue that follows messages. */
@ApplicationScoped
class CrmShares {
    private final Pool pool;
    private final ContributionSql sql;

    CrmShares(Pool pool, ContributionSql sql) {
        this.pool = pool;
        this.sql = sql;
    }

    record Question(Period period, Comparison comparison, Basis basis, int attributionDays) {}

    Uni<CrmShareReport> report(Question question) {
        Period compared = question.period().comparedWith(question.comparison());
        return Both.count(
                        question.period(),
                        compared,
                        p -> sql.followed(pool, p, question.basis(), question.attributionDays()))
                .chain(followed ->
                        sql.sent(pool, question.period()).map(sent -> report(question, compared, followed, sent)));
    }

    private static CrmShareReport report(
            Question question, @Nullable Period compared, Both<List<Followed>> followed, List<Sent> sent) {
        List<Followed> now = followed.now();
        long revenue = now.stream().mapToLong(Followed::revenue).sum();
        long orders = now.stream().mapToLong(Followed::orders).sum();
        List<Followed> crm = now.stream().filter(f -> f.channel() != null).toList();
        TreeSet<String> channels = new TreeSet<>();
        crm.forEach(f -> channels.add(Objects.requireNonNull(f.channel())));
        sent.forEach(s -> channels.add(s.channel()));
        return new CrmShareReport(
                ReportAbout.of(
                        question.period(),
                        compared,
                        "revenue of orders made within attributionDays after a message was sent, opened or clicked (basis) / revenue",
                        "Orders of the period"),
                question.basis(),
                question.attributionDays(),
                new Money(revenue),
                new Money(crm.stream().mapToLong(Followed::revenue).sum()),
                percent(now),
                followed.before() == null ? null : percent(followed.before()),
                ShareView.of(crm.stream().mapToLong(Followed::orders).sum(), orders),
                channels.stream()
                        .map(channel -> channel(channel, crm, sent, revenue))
                        .toList());
    }

    private static @Nullable BigDecimal percent(List<Followed> followed) {
        long revenue = followed.stream().mapToLong(Followed::revenue).sum();
        long crm = followed.stream()
                .filter(f -> f.channel() != null)
                .mapToLong(Followed::revenue)
                .sum();
        return Percent.of(crm, revenue);
    }

    private static ChannelContribution channel(String channel, List<Followed> crm, List<Sent> sent, long revenue) {
        Followed orders = crm.stream()
                .filter(f -> channel.equals(f.channel()))
                .findFirst()
                .orElse(new Followed(channel, 0, 0));
        Sent messages = sent.stream()
                .filter(s -> channel.equals(s.channel()))
                .findFirst()
                .orElse(new Sent(channel, 0, 0, 0));
        return new ChannelContribution(
                channel,
                orders.orders(),
                new Money(orders.revenue()),
                Percent.of(orders.revenue(), revenue),
                ShareView.of(messages.delivered(), messages.sent()),
                ShareView.of(messages.opened(), messages.delivered()));
    }

    static String csv(CrmShareReport report) {
        return Csv.table(
                List.of(
                        "channel",
                        "orders",
                        "revenue",
                        "revenuePercent",
                        "sent",
                        "delivered",
                        "deliveredPercent",
                        "opened",
                        "openedPercent"),
                report.channels().stream()
                        .map(c -> Csv.row(
                                c.channel(),
                                c.orders(),
                                c.revenue(),
                                c.revenuePercent(),
                                c.delivered().of(),
                                c.delivered().count(),
                                c.delivered().percent(),
                                c.opened().count(),
                                c.opened().percent())));
    }
}
