package io.snowball.customer.points;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.feed.Outbox;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes wallets: locked, decided, stored and told in one transaction. */
@ApplicationScoped
class Wallets {
    private static final String TYPE = "loyalty.changed";

    private final WalletSql sql;
    private final Outbox outbox;

    Wallets(WalletSql sql, Outbox outbox) {
        this.sql = sql;
        this.outbox = outbox;
    }

    /** What the feed tells. */
    @RegisterForReflection
    record PointsChanged(
            UUID customerId,
            EntryKind change,
            long points,
            long available,
            @Nullable UUID ruleId,
            Instant at) {}

    /** Who they are now. Asked twice, since who is being merged while we wait is found under the new id only then. */
    Uni<Map<UUID, UUID>> hold(SqlConnection tx, Collection<UUID> ids) {
        return sql.hold(tx, ids)
                .chain(found -> found.size() == ids.size() ? Uni.createFrom().item(found) : sql.hold(tx, ids));
    }

    Uni<UUID> hold(SqlConnection tx, UUID id) {
        return hold(tx, List.of(id)).map(found -> {
            UUID current = found.get(id);
            if (current == null) {
                throw PointsProblem.UNKNOWN_CUSTOMER.with("Send the customer first");
            }
            return current;
        });
    }

    /** @param held customers that {@link #hold} answered in this transaction */
    <T> Uni<T> change(
            SqlConnection tx,
            Collection<UUID> held,
            Collection<UUID> redemptions,
            Instant now,
            Function<Map<UUID, Wallet>, Uni<T>> work) {
        return sql.load(tx, held, redemptions, now)
                .chain(wallets -> work.apply(wallets)
                        .call(() -> sql.store(tx, wallets.values()))
                        .call(() -> outbox.append(tx, news(wallets.values()))));
    }

    private static List<Outbox.Entry> news(Collection<Wallet> wallets) {
        List<Outbox.Entry> news = new ArrayList<>();
        for (Wallet wallet : wallets) {
            for (Entry entry : wallet.entries()) {
                if (entry.kind().isTold()) {
                    news.add(new Outbox.Entry(
                            entry.customerId(),
                            TYPE,
                            new PointsChanged(
                                    entry.customerId(),
                                    entry.kind(),
                                    entry.points(),
                                    wallet.available(),
                                    entry.cause().ruleId(),
                                    entry.madeAt())));
                }
            }
        }
        return news;
    }
}
