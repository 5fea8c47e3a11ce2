package io.snowball.campaign.erasure;

import io.snowball.platform.erasure.Remains;

/**
 * Where a customer leaves traces: every column that names one. Not looked for is who is forgotten, which is there because they are
 * gone, and this service's own feed, which nothing is taken out of.
 */
enum Trace implements Remains {
    MESSAGES("message"),
    WAITING_MESSAGES("parcel", "customer_ids") {
        @Override
        public String condition() {
            return "customer_ids && $1";
        }
    },
    MESSAGE_MOVES("message_move"),
    CONFIRMATION_MAILS("confirmation_mail"),
    ORDERS("customer_order"),
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
