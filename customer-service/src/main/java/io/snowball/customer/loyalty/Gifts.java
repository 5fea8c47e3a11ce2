package io.snowball.customer.loyalty;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.loyalty.Giving.Difference;
import io.snowball.customer.profile.People;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rules give besides points: told on the feed, so that it is sent, and shown. */
@ApplicationScoped
class Gifts {
    private final GiftSql sql;
    private final People people;
    private final Outbox outbox;
    private final Pool pool;

    Gifts(GiftSql sql, People people, Outbox outbox, Pool pool) {
        this.sql = sql;
        this.people = people;
        this.outbox = outbox;
        this.pool = pool;
    }

    /** What the feed tells. */
    @RegisterForReflection
    record GiftChanged(UUID customerId, String change, Gift.Kind giftKind, String gift, UUID ruleId, Instant at) {}

    Uni<Void> tell(SqlConnection tx, List<Difference> differences, Instant now) {
        List<Outbox.Entry> news =
                differences.stream().flatMap(each -> news(each, now)).toList();
        return news.isEmpty() ? Uni.createFrom().voidItem() : outbox.append(tx, news);
    }

    private static Stream<Outbox.Entry> news(Difference difference, Instant now) {
        Gift gift = difference.rule().gift();
        return gift == null
                ? Stream.empty()
                : Stream.of(new Outbox.Entry(
                        difference.customerId(),
                        "loyalty.changed",
                        new GiftChanged(
                                difference.customerId(),
                                difference.change() > 0 ? "GIFT" : "GIFT_TAKEN_BACK",
                                gift.kind(),
                                gift.code(),
                                difference.rule().id(),
                                now)));
    }

    /** Of one customer, newest first; by an old id too. */
    Uni<Keyset<GiftSql.Given>> list(UUID customerId, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "gifts", customerId);
        return people.existing(pool, customerId)
                .chain(customer ->
                        sql.page(pool, customer, after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1))
                .map(rows -> Keyset.of(rows, limit, gift -> List.of(gift.id().toString()), "gifts", customerId));
    }
}
