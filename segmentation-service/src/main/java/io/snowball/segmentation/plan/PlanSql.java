package io.snowball.segmentation.plan;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.segmentation.plan.PlanApi.Evidence;
import io.snowball.segmentation.plan.PlanApi.Step;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;

/** Which steps are done, and what the facts show of them. */
@ApplicationScoped
class PlanSql {
    /* language=PostgreSQL */
    private static final String DONE = "select step, done_on from plan_step";

    /* language=PostgreSQL */
    private static final String TICK = """
            insert into plan_step (step, done_on) values ($1, $2)
            on conflict (step) do update set done_on = excluded.done_on
            """;

    /* language=PostgreSQL */
    private static final String OPEN = "delete from plan_step where step = $1";

    /* language=PostgreSQL */
    private static final String EVIDENCE = """
            select (select count(*) from customer_fact) as customers,
              (select count(*) from customer_fact where has_email or has_phone) as reachable,
              (select count(*) from order_fact where counts) as orders,
              (select count(*) from segment) as segments,
              (select count(*) from growth_target) as targets,
              (select count(*) from message_fact) as messages,
              (select min(sent_at) from message_fact) as first_message_at,
              (select count(distinct channel) from message_fact) as channels,
              (select count(*) from customer_fact
               where registered_at > $1::timestamptz - interval '30 days' and registered_at <= $1) as new_in_month,
              (select count(*) from (
                select from message_fact
                where not bounced and sent_at > $1::timestamptz - interval '30 days' and sent_at <= $1
                group by customer_id
                having count(*) >= 24) f) as flooded
            """;

    Uni<Map<Step, LocalDate>> done(SqlClient client) {
        return client.preparedQuery(DONE).execute().map(rows -> {
            Map<Step, LocalDate> done = new EnumMap<>(Step.class);
            for (Row row : rows) {
                done.put(Step.valueOf(row.getString("step")), row.getLocalDate("done_on"));
            }
            return done;
        });
    }

    Uni<Void> tick(SqlClient client, Step step, LocalDate doneOn) {
        return client.preparedQuery(TICK)
                .execute(Params.of(step.name(), doneOn))
                .replaceWithVoid();
    }

    Uni<Void> open(SqlClient client, Step step) {
        return client.preparedQuery(OPEN).execute(Params.of(step.name())).replaceWithVoid();
    }

    Uni<Evidence> evidence(SqlClient client, Instant now) {
        return client.preparedQuery(EVIDENCE)
                .execute(Params.of(now.atOffset(ZoneOffset.UTC)))
                .map(rows -> evidence(rows.iterator().next()));
    }

    private static Evidence evidence(Row row) {
        OffsetDateTime first = row.getOffsetDateTime("first_message_at");
        return new Evidence(
                row.getLong("customers"),
                row.getLong("reachable"),
                row.getLong("orders"),
                row.getLong("segments"),
                row.getLong("targets"),
                row.getLong("messages"),
                first == null ? null : first.toInstant(),
                row.getLong("channels"),
                row.getLong("new_in_month"),
                row.getLong("flooded"));
    }
}
