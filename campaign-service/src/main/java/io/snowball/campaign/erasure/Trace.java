package io.snowball.campaign.erasure;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where a customer leaves traces: every column that names one. Not looked for is who is forgotten, which is there because they are
 * gone, and this service's own feed, which nothing is taken out of.
 */
enum Trace {
    MESSAGES("message"),
    WAITING_MESSAGES("parcel", "customer_ids") {
        @Override
        String condition() {
            return "customer_ids && $1";
        }
    },
    MESSAGE_MOVES("message_move"),
    CONFIRMATION_MAILS("confirmation_mail"),
    ORDERS("customer_order"),
    KEPT_ANSWERS("idempotency_key", "subjects") {
        @Override
        String condition() {
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

    String condition() {
        return column + " = any($1)";
    }

    /** One row a trace that is there. $1 is all ids that the person ever had. */
    static String count() {
        return Arrays.stream(values())
                .map(trace -> "select '%s' as category, count(*) as found from %s where %s having count(*) > 0"
                        .formatted(trace.name(), trace.table, trace.condition()))
                .collect(Collectors.joining("\nunion all\n"));
    }
}
