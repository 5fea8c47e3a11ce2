package io.snowball.segmentation.rfm;

import io.snowball.segmentation.Binds;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;

/**
 * The one place that says which cell a customer is in.
 *
 * <ul>
 *   <li>row: loyal from {@code loyalFromOrders} orders (inclusive), promising from {@code promisingFromOrders} (inclusive), else one-time;
 *   <li>lost: more than {@code atRiskDays} whole days since the last order; at risk: more than {@code activeDays}; else active;
 *   <li>VIP: loyal, active, and revenue of at least {@code vipFromRevenue};
 *   <li>first purchase: one-time, and at most {@code firstPurchaseDays} whole days since the first order; active one-time
 *       customers whose first order is older are newcomers.
 * </ul>
 *
 * Whole days: with activeDays 90 a customer is active until 91 times 24 hours have passed since the order.
 */
public final class RfmCase {
    private RfmCase() {}

    /** @return an expression over {@code customer_metric m}: a cell's name as text, or null for who never bought */
    public static String cellOf(RfmSettings settings, Instant now, Binds binds) {
        // As constants, so that an index on the columns can serve.
        return cell(settings, days -> binds.bind(now.minus(Duration.ofDays(days + 1L))), binds);
    }

    /** @param at an expression for the moment, where each row has its own; hours, for days of a session's zone can have 23 */
    static String cellAt(RfmSettings settings, String at, Binds binds) {
        return cell(
                settings,
                days -> "%s - make_interval(hours => %s::int)".formatted(at, binds.bind(24L * (days + 1))),
                binds);
    }

    /** @param moreDaysAgoThan the latest time that is more than so many whole days ago */
    private static String cell(RfmSettings settings, IntFunction<String> moreDaysAgoThan, Binds binds) {
        String lostUntil = moreDaysAgoThan.apply(settings.atRiskDays());
        String riskUntil = moreDaysAgoThan.apply(settings.activeDays());
        String firstUntil = moreDaysAgoThan.apply(settings.firstPurchaseDays());
        String loyal = binds.bind(settings.loyalFromOrders());
        String promising = binds.bind(settings.promisingFromOrders());
        String vip = binds.bind(settings.vipFromRevenue().kopecks());
        return """
                case
                  when m.orders_count = 0 then null
                  when m.orders_count >= %1$s then case
                    when m.last_order_at <= %3$s then 'LOYAL_LOST'
                    when m.last_order_at <= %4$s then 'LOYAL_AT_RISK'
                    when m.revenue >= %6$s then 'VIP'
                    else 'LOYAL' end
                  when m.orders_count >= %2$s then case
                    when m.last_order_at <= %3$s then 'PROMISING_LOST'
                    when m.last_order_at <= %4$s then 'PROMISING_AT_RISK'
                    else 'PROMISING' end
                  when m.last_order_at <= %3$s then 'ONE_TIME_LOST'
                  when m.last_order_at <= %4$s then 'ONE_TIME_AT_RISK'
                  when m.first_order_at <= %5$s then 'NEWCOMER'
                  else 'FIRST_PURCHASE'
                end""".formatted(loyal, promising, lostUntil, riskUntil, firstUntil, vip);
    }
}
