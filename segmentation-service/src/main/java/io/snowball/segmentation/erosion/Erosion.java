package io.snowball.segmentation.erosion;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.id.Ids;
import io.snowball.platform.money.Money;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.erosion.ErosionApi.ArmView;
import io.snowball.segmentation.erosion.ErosionApi.ContactPrice;
import io.snowball.segmentation.erosion.ErosionApi.ContactPrices;
import io.snowball.segmentation.erosion.ErosionApi.ErosionOfPeriod;
import io.snowball.segmentation.erosion.ErosionApi.ErosionPeriodReport;
import io.snowball.segmentation.erosion.ErosionApi.ErosionReport;
import io.snowball.segmentation.erosion.ErosionApi.ErosionRow;
import io.snowball.segmentation.erosion.ErosionApi.Range;
import io.snowball.segmentation.erosion.ErosionApi.Response;
import io.snowball.segmentation.erosion.ErosionApi.RestGroupBody;
import io.snowball.segmentation.erosion.ErosionApi.RestGroupView;
import io.snowball.segmentation.erosion.ErosionApi.SegmentContactPrice;
import io.snowball.segmentation.erosion.ErosionSql.Arm;
import io.snowball.segmentation.erosion.ErosionSql.Contact;
import io.snowball.segmentation.erosion.ErosionSql.Contacts;
import io.snowball.segmentation.report.Both;
import io.snowball.segmentation.report.Comparison;
import io.snowball.segmentation.report.Period;
import io.snowball.segmentation.report.ReportAbout;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins the experiment, and tells what it has shown. */
@ApplicationScoped
class Erosion {
    private static final String NOT_BEGUN =
            "No rest group has been drawn: begin with startRestGroup, and let campaigns keep the rest.";
    private static final String NO_CYCLE =
            "No cycle is over yet: the first estimate comes after cycleDays and responseDays.";
    private static final String FORMULA =
            "fall = responses / first messages of who rested - the same of who did not; fallPerContact = fall / difference of contacts "
                    + "(Wald); pricePerContact = fallPerContact x contacts x worthOfResponse";
    private static final String POPULATION =
            "First messages after the rest half of cycles that begin and end in the period, by contacts without answer before";
    private static final int KOPECKS = 2;
    private static final int SHARES = 6;

    private final Pool pool;
    private final ErosionSql sql;
    private final Clock clock;

    Erosion(Pool pool, ErosionSql sql, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.clock = clock;
    }

    Uni<RestGroupView> start(RestGroupBody body) {
        if (body.restDays() + body.responseDays() > body.cycleDays()) {
            throw ProblemException.invalidField("/cycleDays", "out-of-order", "must leave responseDays after restDays");
        }
        RestGroup wanted = new RestGroup(
                Ids.next().toString(),
                body.share(),
                body.restDays(),
                body.cycleDays(),
                body.responseDays(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                true);
        return sql.start(pool, wanted).chain(() -> sql.find(pool)).map(found -> {
            RestGroupView kept = view(found.orElseThrow());
            if (!kept.settings().equals(body)) {
                throw RestGroupProblem.KEPT_FOR_EVER.with(
                        "It runs since " + kept.startedAt() + " with other settings: how it is drawn is kept for ever");
            }
            return kept;
        });
    }

    Uni<RestGroupView> group() {
        return sql.find(pool)
                .map(found -> found.map(this::view).orElseThrow(() -> CommonProblem.NOT_FOUND.with(NOT_BEGUN)));
    }

    private RestGroupView view(RestGroup group) {
        Instant now = clock.instant();
        boolean rests = group.isRest(now);
        return new RestGroupView(
                new RestGroupBody(group.share(), group.restDays(), group.cycleDays(), group.responseDays()),
                group.salt(),
                group.startedAt(),
                group.redrawn(),
                rests,
                rests ? group.restUntil(now) : null);
    }

    /** @param estimates all customers first, then by contacts without answer */
    private record Known(
            Optional<RestGroup> group, @Nullable Instant computedAt, List<Stratum> estimates) {
        List<String> missing() {
            if (group.isEmpty()) {
                return List.of(NOT_BEGUN);
            }
            return estimates.isEmpty()
                    ? List.of(NO_CYCLE)
                    : estimates.getFirst().estimate().missing();
        }

        /** Of customers with so many contacts without answer; of all together where those are too few. */
        ErosionEstimate of(int unanswered) {
            return estimates.stream()
                    .filter(one -> one.unanswered() == Math.min(10, unanswered))
                    .map(Stratum::estimate)
                    .filter(estimate -> estimate.missing().isEmpty())
                    .findFirst()
                    .orElse(estimates.getFirst().estimate());
        }

        double worth() {
            return estimates.getFirst().estimate().worthOfResponse();
        }
    }

    private record Stratum(int unanswered, ErosionEstimate estimate) {}

    private Uni<Known> known(Response response) {
        return sql.find(pool)
                .chain(group -> sql.computedAt(pool)
                        .chain(at -> sql.sums(pool, response.name())
                                .map(arms -> new Known(group, at.orElse(null), strata(arms)))));
    }

    private static List<Stratum> strata(List<Arm> arms) {
        List<Stratum> strata = new ArrayList<>();
        for (int unanswered : new TreeSet<>(arms.stream().map(Arm::stratum).toList())) {
            strata.add(new Stratum(
                    unanswered, new ErosionEstimate(arm(arms, unanswered, false), arm(arms, unanswered, true))));
        }
        return strata;
    }

    private static ErosionSums arm(List<Arm> arms, int stratum, boolean resting) {
        return arms.stream()
                .filter(arm -> arm.stratum() == stratum && arm.resting() == resting)
                .map(Arm::sums)
                .findFirst()
                .orElse(ErosionSums.NONE);
    }

    Uni<ErosionReport> report(Response response) {
        return known(response).map(known -> {
            ErosionOfPeriod all = estimated(known);
            return new ErosionReport(
                    known.computedAt(),
                    response,
                    all.rows(),
                    all.worthOfResponse(),
                    all.pricePerContact(),
                    all.missing());
        });
    }

    private static ErosionOfPeriod estimated(Known known) {
        List<String> missing = known.missing();
        boolean told = missing.isEmpty();
        return new ErosionOfPeriod(
                known.estimates().stream().map(Erosion::row).toList(),
                told ? new Money(Math.round(known.worth())) : null,
                told ? roubles(known.estimates().getFirst().estimate().price(known.worth())) : null,
                missing);
    }

    Uni<ErosionPeriodReport> report(Period period, Comparison comparison, Response response) {
        Instant now = clock.instant();
        Period compared = period.comparedWith(comparison);
        return sql.find(pool)
                .chain(group -> Both.count(period, compared, p -> of(group, p, response, now)))
                .map(both -> new ErosionPeriodReport(
                        ReportAbout.of(period, compared, FORMULA, POPULATION), response, both.now(), both.before()));
    }

    private Uni<ErosionOfPeriod> of(Optional<RestGroup> group, Period period, Response response, Instant now) {
        Uni<List<Arm>> arms = group.isEmpty()
                ? Uni.createFrom().item(List.<Arm>of())
                : sql.sums(pool, group.get(), now, period, response.name());
        return arms.map(counted -> estimated(new Known(group, now, strata(counted))));
    }

    private static ErosionRow row(Stratum stratum) {
        ErosionEstimate estimate = stratum.estimate();
        List<String> missing = estimate.missing();
        return new ErosionRow(
                stratum.unanswered() < 0 ? null : stratum.unanswered(),
                arm(estimate.usual()),
                arm(estimate.resting()),
                range(estimate.fall(), SHARES),
                missing.isEmpty() ? range(estimate.fallPerContact(), SHARES) : null,
                missing);
    }

    private static ArmView arm(ErosionSums sums) {
        return new ArmView(
                sums.customers(),
                Math.round(sums.p()),
                Math.round(sums.r()),
                decimal(sums.contacts(), KOPECKS),
                new Range(
                        decimal(sums.response(), SHARES),
                        decimal(sums.interval().from(), SHARES),
                        decimal(sums.interval().to(), SHARES)));
    }

    Uni<ContactPrices> prices(List<UUID> customerIds) {
        return known(Response.ORDERED)
                .chain(known -> sql.contacts(pool, customerIds.toArray(UUID[]::new))
                        .map(contacts -> new ContactPrices(
                                known.computedAt(),
                                contacts.stream().map(one -> price(known, one)).toList(),
                                known.missing())));
    }

    private ContactPrice price(Known known, Contact contact) {
        Instant now = clock.instant();
        boolean rests = known.group()
                .filter(group -> group.isRest(now) && group.contains(contact.customerId(), group.cycle(now)))
                .isPresent();
        Long bill = contact.averageBill();
        Range price = known.missing().isEmpty()
                ? roubles(known.of(contact.unanswered()).price(bill == null ? known.worth() : bill))
                : null;
        return new ContactPrice(contact.customerId(), rests, contact.unanswered(), price);
    }

    Uni<SegmentContactPrice> price(UUID segmentId) {
        return sql.isSegment(pool, segmentId)
                .invoke(Erosion::checkSegment)
                .chain(() -> known(Response.ORDERED))
                .chain(known -> sql.contacts(pool, segmentId).map(contacts -> segmentPrice(known, contacts)));
    }

    private static void checkSegment(boolean exists) {
        if (!exists) {
            throw CommonProblem.NOT_FOUND.with("There is no segment with this id");
        }
    }

    private static SegmentContactPrice segmentPrice(Known known, List<Contacts> contacts) {
        long customers = contacts.stream().mapToLong(Contacts::customers).sum();
        List<String> missing = known.missing();
        if (!missing.isEmpty() || customers == 0) {
            return new SegmentContactPrice(known.computedAt(), customers, null, null, missing);
        }
        double value = 0;
        double from = 0;
        double to = 0;
        for (Contacts group : contacts) {
            double worth = group.bills() + known.worth() * (group.customers() - group.buyers());
            ErosionEstimate.Range price = known.of(group.unanswered()).price(worth);
            value += price.value();
            from += price.from();
            to += price.to();
        }
        ErosionEstimate.Range total = new ErosionEstimate.Range(value, from, to);
        return new SegmentContactPrice(
                known.computedAt(), customers, roubles(total), roubles(total.times(1.0 / customers)), missing);
    }

    private static Range roubles(ErosionEstimate.Range kopecks) {
        return range(kopecks.times(0.01), KOPECKS);
    }

    private static Range range(ErosionEstimate.Range range, int places) {
        return new Range(decimal(range.value(), places), decimal(range.from(), places), decimal(range.to(), places));
    }

    private static BigDecimal decimal(double number, int places) {
        return BigDecimal.valueOf(number).setScale(places, RoundingMode.HALF_UP);
    }
}
