package io.snowball.consent.calling;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.calling.CallingApi.CallingNumberList;
import io.snowball.consent.calling.CallingApi.RegisterCallingNumber;
import io.snowball.consent.calling.CallingNumber.DialMode;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.problem.CommonProblem;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The register of our own numbers. What changes is a new row: what a number showed when is kept. */
@ApplicationScoped
public class CallingNumbers {
    /* language=PostgreSQL */
    private static final String REMOVE =
            "update calling_number set removed_at = $2 where number = $1 and removed_at is null";

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into calling_number (number, label, category, contract_id, dial_mode, added_at, added_by)
            values ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String SELECT =
            "select number, label, category, contract_id, dial_mode, added_at, removed_at from calling_number ";

    /* language=PostgreSQL */
    private static final String IN_USE = SELECT + "where number = $1 and removed_at is null";

    /* language=PostgreSQL */
    private static final String LIST = SELECT + "order by number, added_at desc limit 1000";

    private final Pool pool;
    private final Clock clock;

    CallingNumbers(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Nothing where it is no number of ours, or not any more. */
    public Uni<Optional<CallingNumber>> inUse(String number) {
        return pool.preparedQuery(IN_USE)
                .execute(Params.of(number))
                .map(rows -> Rows.first(rows, CallingNumbers::view));
    }

    Uni<CallingNumber> put(String number, RegisterCallingNumber body, String by) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return pool.withTransaction(tx -> tx.preparedQuery(REMOVE)
                        .execute(Params.of(number, now))
                        .chain(() -> tx.preparedQuery(INSERT)
                                .execute(Params.of(
                                        number,
                                        body.label(),
                                        body.category(),
                                        body.contractId(),
                                        body.dialMode().name(),
                                        now,
                                        by))))
                .chain(() -> inUse(number))
                .map(found -> found.orElseThrow(
                        () -> CommonProblem.CONFLICT.with("Somebody removed the number meanwhile: try again")));
    }

    Uni<Void> remove(String number) {
        return pool.preparedQuery(REMOVE)
                .execute(Params.of(number, OffsetDateTime.now(clock)))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw CommonProblem.NOT_FOUND.with("No such number is in use");
                    }
                })
                .replaceWithVoid();
    }

    Uni<CallingNumberList> list() {
        return pool.preparedQuery(LIST)
                .execute()
                .map(rows -> new CallingNumberList(Rows.list(rows, CallingNumbers::view)));
    }

    private static CallingNumber view(Row row) {
        return new CallingNumber(
                row.getString("number"),
                row.getString("label"),
                row.getString("category"),
                row.getString("contract_id"),
                DialMode.valueOf(row.getString("dial_mode")),
                row.getOffsetDateTime("added_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("removed_at"))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null));
    }
}
