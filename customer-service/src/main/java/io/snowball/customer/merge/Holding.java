package io.snowball.customer.merge;

/**
 * The tables whose rows go over to another customer as they are. Orders do not: they go in a way of their own. Of deals and
 * appointments that went over the feed is told afterwards. Nor do accounts of points, which become one: see
 * {@link io.snowball.customer.points.Points}.
 */
enum Holding {
    CUSTOMER_ALIAS("customer_alias", "id"),
    CUSTOMER_CHANGE("customer_change", "id"),
    EVENT("event", "id"),
    DEAL("deal", "id"),
    APPOINTMENT("appointment", "id"),
    CALL_LIST_ENTRY("call_list_entry", "id"),
    FEEDBACK_ANSWER("feedback_answer", "id"),
    LOYALTY_ACCRUAL("loyalty_accrual", "id"),
    LOYALTY_LEVEL_CHANGE("loyalty_level_change", "id"),
    POINTS_ENTRY("points_entry", "id"),
    POINTS_LOT("points_lot", "id"),
    POINTS_REDEMPTION("points_redemption", "id"),
    REFERRAL("referral", "id"),
    REFERRAL_CODE("referral_code", "id");

    private final String table;
    private final String key;

    /** @param key the column of type uuid that names a row */
    Holding(String table, String key) {
        this.table = table;
        this.key = key;
    }

    String table() {
        return table;
    }

    /** $1 merge, $2 from, $3 to */
    String over() {
        /* language=PostgreSQL */
        return """
                with moved as (
                  update %1$s set customer_id = $3 where customer_id = $2 returning %2$s as row_id
                )
                insert into merge_move (merge_id, holding, row_ids)
                select $1, '%1$s', array_agg(m.row_id) from moved m having count(*) > 0
                """.formatted(table, key);
    }

    /** $1 merge, $2 from, $3 to */
    String back() {
        /* language=PostgreSQL */
        return """
                update %1$s
                set customer_id = $3
                where customer_id = $2
                  and %2$s = any((select m.row_ids from merge_move m where m.merge_id = $1 and m.holding = '%1$s')::uuid[])
                """.formatted(table, key);
    }
}
