package io.snowball.launcher.demo;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What the demo found, for {@code --json}.
 *
 * @param customers customers imported
 * @param orders orders imported
 * @param revenue of the imported orders
 * @param rfm cell of the RFM grid to customers in it, on the day after the last imported purchase
 * @param segment customers in the campaign's segment; sent + control + withoutConsent are the same
 * @param duplicates mails in the mailbox beyond one for each message
 */
public record DemoReport(
        long customers,
        long orders,
        BigDecimal revenue,
        Map<String, Long> rfm,
        long segment,
        long control,
        long withoutConsent,
        long sent,
        long delivered,
        long opened,
        long clicked,
        long unsubscribed,
        long duplicates) {}
