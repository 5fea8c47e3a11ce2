package io.snowball.consent.decision;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.decision.StopApi.ChannelRule;
import io.snowball.consent.decision.StopApi.ChannelRuleList;
import io.snowball.consent.decision.StopApi.CreateChannelRule;
import io.snowball.consent.decision.StopApi.RuleScope;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What may go over which channel, by date: the law on messengers changes, and so do the company's contracts. */
@ApplicationScoped
class ChannelRules {
    /* language=PostgreSQL */
    private static final String LIST = """
            select channel, scope, effective_from, added_at, verdict, basis, added_by
            from channel_rule
            order by channel, scope, effective_from desc, added_at desc
            limit 1000
            """;

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into channel_rule (channel, scope, effective_from, added_at, verdict, basis, added_by)
            values ($1, $2, $3, $4, $5, $6, $7)
            """;

    private final Pool pool;
    private final Idempotency idempotency;
    private final Clock clock;

    ChannelRules(Pool pool, Idempotency idempotency, Clock clock) {
        this.pool = pool;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    Uni<ChannelRuleList> list() {
        return pool.preparedQuery(LIST).execute().map(rows -> new ChannelRuleList(Rows.list(rows, ChannelRules::view)));
    }

    Uni<RestResponse<ChannelRule>> create(@Nullable UUID key, CreateChannelRule request, String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant from = Objects.requireNonNullElse(request.effectiveFrom(), now).truncatedTo(ChronoUnit.MICROS);
        var rule =
                new ChannelRule(request.channel(), request.scope(), request.verdict(), from, request.basis(), now, by);
        return idempotency.once(
                "createChannelRule",
                key,
                request,
                ChannelRule.class,
                tx -> tx.preparedQuery(INSERT)
                        .execute(Params.of(
                                rule.channel().name(),
                                rule.scope().name(),
                                from.atOffset(ZoneOffset.UTC),
                                now.atOffset(ZoneOffset.UTC),
                                rule.verdict().name(),
                                rule.basis(),
                                by))
                        .replaceWith(Reply.created("/api/v1/channel-rules", rule)));
    }

    private static ChannelRule view(Row row) {
        return new ChannelRule(
                Channel.valueOf(row.getString("channel")),
                RuleScope.valueOf(row.getString("scope")),
                ChannelVerdict.valueOf(row.getString("verdict")),
                row.getOffsetDateTime("effective_from").toInstant(),
                row.getString("basis"),
                row.getOffsetDateTime("added_at").toInstant(),
                row.getString("added_by"));
    }
}
