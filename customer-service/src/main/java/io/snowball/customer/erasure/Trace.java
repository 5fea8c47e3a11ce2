package io.snowball.customer.erasure;

/** Where a person leaves traces, in the order in which they are destroyed. $1 is all ids that the person ever had. */
enum Trace {
    ORDERS("orders", "t.customer_id = any($1)", "update orders t set customer_id = null where %s"),
    MERGE_IDENTITIES(
            "merge_identity",
            "t.merge_id in (select m.id from person_merge m where m.survivor_id = any($1) or m.merged_id = any($1))"),
    MERGES("person_merge", "(t.survivor_id = any($1) or t.merged_id = any($1))"),
    MERGE_CANDIDATES("merge_candidate", "(t.customer_id = any($1) or t.other_id = any($1))"),
    EVENTS(
            "event",
            "(t.customer_id = any($1) or (t.customer_id is null"
                    + " and t.visitor_id = any(array(select i.key::uuid from identity i"
                    + " where i.kind = 'COOKIE' and i.customer_id = any($1) and i.key ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'))))"),
    APPOINTMENTS("appointment", "t.customer_id = any($1)"),
    DEAL_STAYS("deal_stay", "t.deal_id in (select d.id from deal d where d.customer_id = any($1))"),
    DEALS("deal", "t.customer_id = any($1)"),
    CALL_LIST_ENTRIES("call_list_entry", "t.customer_id = any($1)"),
    EXPORTS("export_member", "t.customer_id = any($1)"),
    FEEDBACK(
            "feedback_answer",
            "t.customer_id = any($1)",
            // The mark stays and is nobody's, as orders do; what was said goes.
            "update feedback_answer t set customer_id = null, external_id = 'erased/' || t.id, comment = null, order_id = null, "
                    + "ticket = null where %s"),
    // Entries stay and are nobody's: what the programme gave stays given. What is left to spend goes.
    POINTS_ENTRIES(
            "points_entry",
            "t.customer_id = any($1)",
            "update points_entry t set customer_id = null, reason = null, redemption_id = null where %s"),
    POINTS_REDEMPTIONS("points_redemption", "t.customer_id = any($1)"),
    POINTS_LOTS("points_lot", "t.customer_id = any($1)"),
    POINTS_ACCOUNTS("points_account", "t.customer_id = any($1)"),
    LOYALTY_ACCRUALS("loyalty_accrual", "t.customer_id = any($1)"),
    LOYALTY_LEVEL_CHANGES("loyalty_level_change", "t.customer_id = any($1)"),
    // Whom the person invited, too: a code without its owner leads nowhere.
    REFERRALS(
            "referral",
            "(t.customer_id = any($1) or t.code in (select c.code from referral_code c where c.customer_id = any($1)))"),
    REFERRAL_CODES("referral_code", "t.customer_id = any($1)"),
    // Shown without the answer: it repeats what is shown already, and may name somebody else.
    KEPT_ANSWERS("idempotency_key", "t.subjects && $1") {
        @Override
        String show() {
            return "select jsonb_build_object('operation', t.operation, 'created_at', t.created_at)::text as row "
                    + "from idempotency_key t where t.subjects && $1 limit 10000";
        }
    },
    IDENTITIES("identity", "t.customer_id = any($1)"),
    CHANGES("customer_change", "t.customer_id = any($1)"),
    ALIASES("customer_alias", "t.customer_id = any($1)"),
    CUSTOMER("customer", "t.id = any($1)");

    private final String table;
    private final String condition;
    private final String destruction;

    Trace(String table, String condition) {
        this(table, condition, "delete from " + table + " t where %s");
    }

    Trace(String table, String condition, String destruction) {
        this.table = table;
        this.condition = condition;
        this.destruction = destruction;
    }

    String table() {
        return table;
    }

    String show() {
        return "select to_jsonb(t)::text as row from " + table + " t where " + condition + " limit 10000";
    }

    String destroy() {
        return destruction.formatted(condition);
    }
}
