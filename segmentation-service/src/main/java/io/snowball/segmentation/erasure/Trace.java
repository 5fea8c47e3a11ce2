package io.snowball.segmentation.erasure;

import io.snowball.platform.erasure.Remains;

/**
 * Where a customer leaves traces: every column that names one. Not looked for is what is there because they are gone or going: who
 * is forgotten, and who is blocked until the act is written; and this service's own feed, which nothing is taken out of.
 */
enum Trace implements Remains {
    CUSTOMER("customer_fact"),
    METRICS("customer_metric"),
    UNPLACED("unplaced_customer"),
    ORDERS("order_fact"),
    ORDER_LINES("order_line_fact"),
    RETURNED_LINES("returned_line_fact"),
    EVENTS("event_fact"),
    MESSAGES("message_fact"),
    ENGAGEMENT("customer_engagement"),
    FEEDBACK("feedback_fact"),
    FEEDBACK_METRICS("customer_feedback"),
    FAVOURITES("customer_favourite"),
    PREDICTIONS("prediction_score"),
    LEGACY_CONSENTS("legacy_consent"),
    INVITERS("referral_fact", "inviter_id"),
    INVITED("referral_fact", "invited_id"),
    MEMBERSHIPS("segment_member"),
    WITHHELD_MEMBERSHIPS("withheld_member"),
    MERGED_AWAY("customer_merge", "from_id"),
    MERGED_INTO("customer_merge", "to_id"),
    KEPT_ANSWERS("idempotency_key", "subjects") {
        @Override
        public String condition() {
            return "subjects && $1";
        }
    };

    private final String table;
    private final String column;

    Trace(String table) {
        this(table, "customer_id");
    }

    Trace(String table, String column) {
        this.table = table;
        this.column = column;
    }

    String place() {
        return table + "." + column;
    }

    @Override
    public String condition() {
        return column + " = any($1)";
    }

    @Override
    public String table() {
        return table;
    }
}
