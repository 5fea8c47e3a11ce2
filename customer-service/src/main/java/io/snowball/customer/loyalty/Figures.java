package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.loyalty.FigureApi.LoyaltyFigures;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** What the programme gave. */
@ApplicationScoped
class Figures {
    private final FigureSql sql;
    private final Pool pool;

    Figures(FigureSql sql, Pool pool) {
        this.sql = sql;
        this.pool = pool;
    }

    Uni<LoyaltyFigures> of(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw ProblemException.invalidField("to", "before-from", "must be after from");
        }
        return sql.totals(pool, from, to)
                .chain(totals -> sql.figures(pool, from, to).map(rules -> LoyaltyFigures.of(from, to, totals, rules)));
    }
}
