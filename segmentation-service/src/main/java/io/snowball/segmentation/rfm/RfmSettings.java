package io.snowball.segmentation.rfm;

import io.snowball.platform.money.Money;

/**
 * The thresholds of the grid. A number of days is met up to and including its last whole day, a number of orders or an amount
 * from itself on.
 */
public record RfmSettings(
        int firstPurchaseDays,
        int activeDays,
        int atRiskDays,
        int promisingFromOrders,
        int loyalFromOrders,
        Money vipFromRevenue) {}
