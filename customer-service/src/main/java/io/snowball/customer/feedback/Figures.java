package io.snowball.customer.feedback;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.feedback.FigureApi.FeedbackFigure;
import io.snowball.customer.feedback.FigureApi.FeedbackFigurePart;
import io.snowball.customer.feedback.FigureApi.FeedbackFigures;
import io.snowball.customer.feedback.FigureSql.Advocate;
import io.snowball.customer.feedback.FigureSql.Dimension;
import io.snowball.customer.feedback.FigureSql.Filter;
import io.snowball.customer.feedback.FigureSql.Part;
import io.snowball.customer.feedback.FigureSql.Promoter;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What all answers together say, and who speaks well of the company. */
@ApplicationScoped
class Figures {
    private static final int MOST_PARTS = 1000;

    private final FigureSql sql;
    private final Pool pool;
    private final Clock clock;

    Figures(FigureSql sql, Pool pool, Clock clock) {
        this.sql = sql;
        this.pool = pool;
        this.clock = clock;
    }

    Uni<FeedbackFigures> of(Filter filter) {
        return sql.population(pool, filter.period().to())
                .chain(population -> sql.sums(pool, filter).map(parts -> figures(filter, population, parts)));
    }

    private static FeedbackFigures figures(Filter filter, long population, List<Part> parts) {
        Set<String> names = new TreeSet<>();
        if (filter.by() == Dimension.ALL) {
            names.add("");
        }
        parts.forEach(part -> names.add(part.name()));
        List<FeedbackFigurePart> items = new ArrayList<>();
        for (String name : names.stream().limit(MOST_PARTS).toList()) {
            items.add(FeedbackFigurePart.of(
                    name, figure(filter.kind(), parts, name, true), figure(filter.kind(), parts, name, false)));
        }
        return new FeedbackFigures(
                filter.kind(),
                formula(filter.kind()),
                filter.by(),
                filter.period().from(),
                filter.period().to(),
                filter.period().previous().from(),
                population,
                items);
    }

    private static FeedbackFigure figure(FeedbackKind kind, List<Part> parts, String name, boolean current) {
        return parts.stream()
                .filter(part -> part.current() == current && part.name().equals(name))
                .findFirst()
                .map(part -> FeedbackFigure.of(kind, Figure.of(kind, part.sums()), part.answers()))
                .orElseGet(() -> FeedbackFigure.of(kind, Figure.of(kind, Figure.Sums.NONE), 0));
    }

    private static String formula(FeedbackKind kind) {
        return switch (kind) {
            case NPS -> "share of 9 and 10 minus share of 0 to 6, per cent";
            case CSAT -> "share of 4 and 5, per cent";
            case CES -> "mean mark of effort, 1 to 7";
            case CLI -> "mean of recommend, repurchase and try other, 1 to 6";
        };
    }

    /** In the order of ids. */
    Uni<Keyset<Promoter>> promoters(@Nullable String question, Instant since, @Nullable String cursor, int limit) {
        Object[] query = {"promoters", question == null ? "" : question, since};
        return sql.promoters(pool, after(cursor, query), question, since, limit + 1)
                .map(rows ->
                        Keyset.of(rows, limit, each -> List.of(each.customerId().toString()), query));
    }

    /** In the order of ids. */
    Uni<Keyset<Advocate>> advocates(int days, @Nullable String cursor, int limit) {
        Object[] query = {"advocates", days};
        Instant since = clock.instant().truncatedTo(ChronoUnit.MICROS).minus(Duration.ofDays(days));
        return sql.advocates(pool, after(cursor, query), since, limit + 1)
                .map(rows ->
                        Keyset.of(rows, limit, each -> List.of(each.customerId().toString()), query));
    }

    private static @Nullable UUID after(@Nullable String cursor, Object... query) {
        List<String> key = Cursor.decode(cursor, 1, query);
        return key == null ? null : Cursor.asUuid(key.getFirst());
    }
}
