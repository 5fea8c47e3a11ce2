package io.snowball.campaign.channel;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.Storable;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.money.Money;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.Constraints;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a message costs, by channel and day. */
@ApplicationScoped
public class Tariffs {
    /* language=PostgreSQL */
    private static final String INSERT = "insert into tariff (id, channel, price, valid_from) values ($1, $2, $3, $4)";

    /* language=PostgreSQL */
    private static final String LIST = """
            select id, channel, price, valid_from
            from tariff
            where $1::timestamptz is null or (valid_from, id) < ($1, $2::uuid)
            order by valid_from desc, id desc
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String PRICE = """
            select price
            from tariff
            where channel = $1 and valid_from <= $2
            order by valid_from desc
            limit 1
            """;

    private final Pool pool;
    private final Clock clock;

    Tariffs(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    record Tariff(UUID id, Channel channel, Money price, Instant validFrom) {
        static Tariff of(Row row) {
            return new Tariff(
                    row.getUUID("id"),
                    Channel.valueOf(row.getString("channel")),
                    new Money(row.getLong("price")),
                    row.getOffsetDateTime("valid_from").toInstant());
        }
    }

    /** A tariff that would have begun already is refused: it would change costs that were reported. */
    Uni<Reply<TariffApi.TariffView>> create(SqlConnection tx, TariffApi.CreateTariff body) {
        if (body.validFrom().isBefore(clock.instant())) {
            throw ProblemException.invalidField(
                    "/validFrom", "must-be-future", "A tariff can only begin in the future: costs once reported stay");
        }
        Storable.check("/validFrom", body.validFrom());
        Tariff tariff = new Tariff(Ids.next(), body.channel(), body.price(), body.validFrom());
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        tariff.id(),
                        tariff.channel().name(),
                        tariff.price().kopecks(),
                        OffsetDateTime.ofInstant(tariff.validFrom(), ZoneOffset.UTC)))
                .onFailure()
                .transform(Constraints.to(TariffProblem.VALID_FROM_TAKEN))
                .replaceWith(Reply.created("/api/v1/tariffs/" + tariff.id(), TariffApi.TariffView.of(tariff)));
    }

    Uni<Keyset<Tariff>> list(@Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 2);
        OffsetDateTime time =
                after == null ? null : Cursor.asInstant(after.getFirst()).atOffset(ZoneOffset.UTC);
        UUID id = after == null ? null : Cursor.asUuid(after.getLast());
        return pool.preparedQuery(LIST)
                .execute(Params.of(time, id, limit + 1))
                .map(rows -> Keyset.of(
                        Rows.list(rows, Tariff::of),
                        limit,
                        tariff -> List.of(
                                tariff.validFrom().toString(), tariff.id().toString())));
    }

    /** The price of one message sent at this time; zero where no tariff has begun. */
    public Uni<Money> priceAt(Channel channel, Instant at) {
        return pool.preparedQuery(PRICE)
                .execute(Params.of(channel.name(), OffsetDateTime.ofInstant(at, ZoneOffset.UTC)))
                .map(rows ->
                        Rows.first(rows, row -> new Money(row.getLong("price"))).orElse(Money.ZERO));
    }
}
