package io.snowball.campaign.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;

/**
 * One of the two groups: its customers, and what they bought within their days.
 *
 * @param revenueSquares sum over customers of their revenue squared, in kopecks squared; a variance needs it
 */
@RegisterForReflection
record Group(long customers, long buyers, long orders, long revenue, double revenueSquares) {
    static final Group NOBODY = new Group(0, 0, 0, 0, 0);

    static Group of(Row row) {
        return new Group(
                row.getLong("customers"),
                row.getLong("buyers"),
                row.getLong("orders"),
                row.getLong("revenue"),
                row.getDouble("revenue_squares"));
    }

    double conversion() {
        return (double) buyers / customers;
    }

    double revenuePerCustomer() {
        return (double) revenue / customers;
    }

    /** Unbiased; of at least two customers. */
    double revenueVariance() {
        double mean = revenuePerCustomer();
        return Math.max(0, (revenueSquares - customers * mean * mean) / (customers - 1));
    }
}
