package io.snowball.segmentation.rule;

import io.snowball.segmentation.rfm.RfmSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose membership time alone can have changed between two moments: those with a fact for which an edge of a window has passed. May
 * name a fact too many, never one too few.
 */
public final class ClockEdges {
    /** More than a month's clamped end (31 to 28) or a switch to summer time can move an edge back. */
    private static final Duration CALENDAR_LEAP = Duration.ofHours(75);

    private final RfmSettings rfm;
    private final Instant earlier;
    private final Instant later;
    private final Set<Passed> passed = new LinkedHashSet<>();

    private ClockEdges(RfmSettings rfm, Instant earlier, Instant later) {
        this.rfm = rfm;
        this.earlier = earlier;
        this.later = later;
    }

    /** Which of a customer's times it is about. */
    public enum Source {
        REGISTERED,
        ORDERED,
        SENT,
        DONE
    }

    /** Facts from this time to that, both included. */
    public record Passed(Source source, Instant from, Instant to) {}

    public static Set<Passed> passed(Rule rule, RfmSettings rfm, Instant earlier, Instant later) {
        ClockEdges edges = new ClockEdges(rfm, earlier, later);
        edges.visit(rule);
        return edges.passed;
    }

    private void visit(Rule rule) {
        switch (rule) {
            case Rule.All _, Rule.AnyOf _, Rule.Not _ -> rule.children().forEach(this::visit);
            case Rule.Registered registered -> {
                if (registered.lastDays() != null) {
                    days(Source.REGISTERED, registered.lastDays());
                }
            }
            case Rule.Metric metric -> {
                if (metric.metric().followsTheClock()) {
                    // "Greater than" changes a day after "greater or equal" does.
                    days(Source.ORDERED, metric.value().longValueExact());
                    days(Source.ORDERED, metric.value().longValueExact() + 1);
                    if (metric.metric() == Rule.MetricName.LIFETIME_DAYS) {
                        // Who becomes lost lived only up to the last order.
                        days(Source.ORDERED, rfm.atRiskDays() + 1L);
                    }
                }
            }
            case Rule.Orders orders -> window(Source.ORDERED, orders.effective());
            case Rule.Products products -> window(Source.ORDERED, products.effective());
            case Rule.Messages messages -> window(Source.SENT, messages.effective());
            case Rule.Events events -> window(Source.DONE, events.effective());
            case Rule.InRfmCell _ ->
                Stream.of(rfm.firstPurchaseDays(), rfm.activeDays(), rfm.atRiskDays())
                        .forEach(threshold -> days(Source.ORDERED, threshold + 1L));
            case Rule.Attribute _,
                    Rule.Contact _,
                    Rule.LegacyConsent _,
                    Rule.Favourite _,
                    Rule.InSegment _,
                    Rule.Listed _ -> {}
            case Rule.CustomAttribute _, Rule.BirthYear _, Rule.Predicted _, Rule.InCluster _ -> {}
        }
    }

    private void days(Source source, long days) {
        passed.add(new Passed(source, RuleCompiler.daysBefore(earlier, days), RuleCompiler.daysBefore(later, days)));
    }

    private void window(Source source, Window window) {
        if (!window.followsTheClock()) {
            return;
        }
        Window.Span was = window.at(earlier);
        Window.Span is = window.at(later);
        if (was.after() != null && is.after() != null) {
            Instant from = first(was.after(), is.after());
            Instant to = last(was.after(), is.after());
            boolean leaps =
                    window.lastMonths() != null && (calendarMoves(window.zone()) || switches(window.zone(), from, to));
            Duration leap = leaps ? CALENDAR_LEAP : Duration.ZERO;
            passed.add(new Passed(source, from.minus(leap), to.plus(leap)));
        } else if (was.from() != null && is.before() != null && !was.equals(is)) {
            passed.add(new Passed(source, was.from(), is.before()));
        }
    }

    /** Within one day and one offset "n months ago" moves as time does. */
    private boolean calendarMoves(ZoneId zone) {
        return switches(zone, earlier, later)
                || !earlier.atZone(zone).toLocalDate().equals(later.atZone(zone).toLocalDate());
    }

    /** Whether the clock of a zone is put forward or back about then. */
    private static boolean switches(ZoneId zone, Instant from, Instant to) {
        ZoneOffsetTransition next = zone.getRules().nextTransition(from.minus(Duration.ofDays(1)));
        return next != null && next.getInstant().isBefore(to.plus(Duration.ofDays(1)));
    }

    private static Instant first(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant last(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }
}
