package io.snowball.segmentation.rfm;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The same decision in plain Java, written from the description and not from the SQL. */
public final class RfmTwin {
    private RfmTwin() {}

    public static @Nullable RfmCell cellOf(
            RfmSettings settings, Instant now, int orders, long revenue, Instant first, Instant last) {
        if (orders == 0) {
            return null;
        }
        long days = Duration.between(last, now).toDays();
        boolean lost = days > settings.atRiskDays();
        boolean atRisk = !lost && days > settings.activeDays();
        if (orders >= settings.loyalFromOrders()) {
            if (lost) {
                return RfmCell.LOYAL_LOST;
            }
            if (atRisk) {
                return RfmCell.LOYAL_AT_RISK;
            }
            return revenue >= settings.vipFromRevenue().kopecks() ? RfmCell.VIP : RfmCell.LOYAL;
        }
        if (orders >= settings.promisingFromOrders()) {
            return lost ? RfmCell.PROMISING_LOST : atRisk ? RfmCell.PROMISING_AT_RISK : RfmCell.PROMISING;
        }
        if (lost) {
            return RfmCell.ONE_TIME_LOST;
        }
        if (atRisk) {
            return RfmCell.ONE_TIME_AT_RISK;
        }
        boolean fresh = Duration.between(first, now).toDays() <= settings.firstPurchaseDays();
        return fresh ? RfmCell.FIRST_PURCHASE : RfmCell.NEWCOMER;
    }
}
