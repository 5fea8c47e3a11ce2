package io.snowball.consent.legacy;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.document.ConsentType;
import io.snowball.consent.legacy.LegacyConsentApi.LegacyConsentCount;
import io.snowball.consent.legacy.LegacyConsentApi.LegacyConsentCounts;
import io.snowball.consent.legacy.LegacyConsentApi.LegacyConsentPage;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class LegacyConsents {
    // A state is the last word about its purpose and channel: where that is of the old kind, there is no other consent.
    /* language=PostgreSQL */
    private static final String IN_FORCE = """
            from consent_state s
            where s.legacy_bundled and s.state = 'GIVEN' and (s.valid_until is null or s.valid_until > $1)
              and not exists (select from merged_customer m where m.customer_id = s.customer_id)
            """;

    private static final String LIST = "select s.customer_id " + IN_FORCE + """
              and s.purpose = $2 and s.channel = $3 and s.type = $4 and s.customer_id > $5
            order by s.customer_id
            limit $6
            """;

    private static final String COUNTS = "select s.purpose, s.channel, s.type, count(*) as customers " + IN_FORCE + """
            group by s.purpose, s.channel, s.type
            order by s.purpose, s.channel, s.type
            limit 1000
            """;

    private final Pool pool;
    private final Clock clock;

    LegacyConsents(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Which consents. */
    record Kind(String purpose, Channel channel, ConsentType type) {}

    Uni<LegacyConsentPage> list(Kind kind, int limit, @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 1, kind.purpose(), kind.channel(), kind.type());
        return pool.preparedQuery(LIST)
                .execute(Params.of(
                        OffsetDateTime.now(clock),
                        kind.purpose(),
                        kind.channel().name(),
                        kind.type().name(),
                        after == null ? new UUID(0, 0) : Cursor.asUuid(after.getFirst()),
                        limit + 1))
                .map(rows -> Keyset.of(
                        Rows.list(rows, row -> row.getUUID("customer_id")),
                        limit,
                        last -> List.of(last.toString()),
                        kind.purpose(),
                        kind.channel(),
                        kind.type()))
                .map(page -> new LegacyConsentPage(page.items(), page.nextCursor()));
    }

    Uni<LegacyConsentCounts> counts() {
        return pool.preparedQuery(COUNTS)
                .execute(Params.of(OffsetDateTime.now(clock)))
                .map(rows -> new LegacyConsentCounts(Rows.list(
                        rows,
                        row -> new LegacyConsentCount(
                                row.getString("purpose"),
                                Channel.valueOf(row.getString("channel")),
                                ConsentType.valueOf(row.getString("type")),
                                row.getLong("customers")))));
    }
}
