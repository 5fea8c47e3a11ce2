package io.snowball.launcher.bench;

/**
 * A rule that marketers write, and what somebody who knows SQL would write for it on the same tables: a select of one column, {@code customer_id}.
 */
enum RuleOfBench {
    LAPSED("""
            {"type":"all","rules":[
              {"type":"metric","metric":"ORDERS","op":"GREATER_OR_EQUAL","value":3},
              {"type":"metric","metric":"DAYS_SINCE_LAST_ORDER","op":"GREATER_OR_EQUAL","value":90}]}
            """, """
            select customer_id from customer_metric where orders_count >= 3 and last_order_at <= now() - interval '90 days'
            """),
    LOYAL_CELLS("""
            {"type":"rfmCell","in":["VIP","LOYAL"]}
            """, """
            select customer_id from customer_metric where orders_count >= 4 and last_order_at > now() - interval '91 days'
            """),
    ONE_TIME_WITH_EMAIL("""
            {"type":"all","rules":[
              {"type":"contact","kind":"EMAIL"},
              {"type":"attribute","attribute":"SOURCE","in":["website","app"]},
              {"type":"metric","metric":"ORDERS","op":"EQUAL","value":1}]}
            """, """
            select m.customer_id from customer_metric m join customer_fact c on c.customer_id = m.customer_id
            where c.has_email and c.source in ('website', 'app') and m.orders_count = 1
            """),
    UNANSWERED("""
            {"type":"metric","metric":"UNANSWERED_MESSAGES","op":"GREATER_OR_EQUAL","value":3}
            """, """
            select customer_id from customer_engagement where unanswered >= 3
            """),
    BOUGHT_THIS_MONTH("""
            {"type":"orders","aggregate":"COUNT","op":"GREATER_OR_EQUAL","value":1,"lastDays":30}
            """, """
            select distinct customer_id from order_fact where counts and ordered_at > now() - interval '30 days'
            """),
    SPENT_IN_HALF_A_YEAR("""
            {"type":"orders","aggregate":"SUM","op":"GREATER_OR_EQUAL","value":5000,"window":{"lastDays":180}}
            """, """
            select customer_id from order_fact where counts and ordered_at > now() - interval '180 days'
            group by customer_id having sum(amount) >= 500000
            """),
    CATEGORY_IN_A_QUARTER("""
            {"type":"products","aggregate":"ORDERS","op":"GREATER_OR_EQUAL","value":1,"categories":["CAT-7"],"window":{"lastDays":90}}
            """, """
            select distinct customer_id from order_line_fact where category = 'CAT-7' and ordered_at > now() - interval '90 days'
            """),
    // A1 and A2 of the mission.
    OPENED_LAST_FIVE_AND_BOUGHT_RELATED("""
            {"type":"all","rules":[
              {"type":"messages","event":"OPENED","op":"EQUAL","value":5,"last":5,"channel":"EMAIL"},
              {"type":"products","aggregate":"ORDERS","op":"GREATER_OR_EQUAL","value":1,"relatedTo":["SKU-10"],
               "window":{"lastMonths":6}}]}
            """, """
            select b.customer_id
            from (select distinct customer_id from order_line_fact
                  where category in (select category from product_category where sku = 'SKU-10')
                    and ordered_at > now() - interval '6 months') b
            where (select count(*) from (select opened_at from message_fact m
                     where m.customer_id = b.customer_id and m.channel = 'EMAIL' and not m.bounced
                     order by sent_at desc limit 5) l where l.opened_at is not null) = 5
            """),
    CART_WITHOUT_ORDER("""
            {"type":"all","rules":[
              {"type":"events","types":["ADDED_TO_CART"],"op":"GREATER_OR_EQUAL","value":1,"window":{"lastDays":7}},
              {"type":"orders","aggregate":"COUNT","op":"EQUAL","value":0,"lastDays":7}]}
            """, """
            select distinct v.customer_id from event_fact v
            where v.type_id = (select id from event_type where name = 'ADDED_TO_CART') and v.occurred_at > now() - interval '7 days'
              and not exists (select from order_fact o where o.customer_id = v.customer_id and o.counts
                and o.ordered_at > now() - interval '7 days')
            """),
    VIEWED_MUCH_IN_A_MONTH("""
            {"type":"events","types":["PRODUCT_VIEWED"],"op":"GREATER_OR_EQUAL","value":5,"window":{"lastDays":30}}
            """, """
            select customer_id from event_fact
            where type_id = (select id from event_type where name = 'PRODUCT_VIEWED') and occurred_at > now() - interval '30 days'
            group by customer_id having count(*) >= 5
            """);

    private final String json;
    private final String sql;

    RuleOfBench(String json, String sql) {
        this.json = json;
        this.sql = sql;
    }

    String json() {
        return json;
    }

    String sql() {
        return sql;
    }
}
