package io.snowball.customer.level;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.points.Points;
import io.snowball.customer.profile.People;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.Constraints;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is on which level: looked at after each purchase and each accrual, and once a day. */
@ApplicationScoped
public class Levels {
    private static final Duration REVIEW = Duration.ofDays(1);

    private final LevelSql sql;
    private final StandingSql standings;
    private final Points points;
    private final People people;
    private final Outbox outbox;
    private final Pool pool;
    private final Clock clock;

    Levels(LevelSql sql, StandingSql standings, Points points, People people, Outbox outbox, Pool pool, Clock clock) {
        this.sql = sql;
        this.standings = standings;
        this.points = points;
        this.people = people;
        this.outbox = outbox;
        this.pool = pool;
        this.clock = clock;
    }

    /** What the feed tells. */
    @RegisterForReflection
    record LevelChanged(
            UUID customerId,
            String change,
            @Nullable String level,
            @Nullable String previousLevel,
            Instant at) {}

    /** @param held the level that the customer has, if any */
    record Standing(UUID customerId, Level.@Nullable Held held) {}

    Uni<Level> store(Level level) {
        return pool.withTransaction(tx -> sql.store(tx, level, clock.instant()))
                .onFailure()
                .transform(Constraints.to(LevelProblem.RANK_TAKEN))
                .map(stored -> {
                    if (!stored) {
                        throw LevelProblem.TOO_MANY_LEVELS.with("At most " + LevelSql.MOST + " levels");
                    }
                    return level;
                });
    }

    Uni<Void> delete(String code) {
        return pool.withTransaction(tx -> sql.delete(tx, code, clock.instant()))
                .invoke(deleted -> {
                    if (!deleted) {
                        throw CommonProblem.NOT_FOUND.with("There is no level with this code");
                    }
                })
                .replaceWithVoid();
    }

    Uni<List<Level>> all() {
        return sql.all(pool);
    }

    Uni<Standing> standing(UUID id) {
        return people.existing(pool, id)
                .chain(customer -> standings
                        .held(pool, List.of(customer))
                        .map(held -> new Standing(customer, held.get(customer))));
    }

    /** Newest first. */
    Uni<Keyset<StandingSql.Past>> history(UUID id, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "level-changes", id);
        UUID before = after == null ? null : Cursor.asUuid(after.getFirst());
        return people.existing(pool, id)
                .chain(customer -> standings.history(pool, customer, before, limit + 1))
                .map(rows -> Keyset.of(rows, limit, past -> List.of(past.id().toString()), "level-changes", id));
    }

    /** @param customers held by this transaction */
    public Uni<Void> review(SqlConnection tx, Collection<UUID> customers, Instant now) {
        if (customers.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return sql.all(tx)
                .chain(levels -> standings
                        .held(tx, customers)
                        .chain(held -> standings
                                .reached(tx, customers, now)
                                .map(reached -> changes(levels, customers, held, reached, now))))
                .chain(changes -> standings
                        .postpone(tx, customers, now.plus(REVIEW))
                        .chain(() -> standings.change(tx, changes, now, now.plus(REVIEW)))
                        .chain(() -> outbox.append(
                                tx,
                                changes.stream()
                                        .map(change -> news(change, now))
                                        .toList())));
    }

    private static List<StandingSql.Change> changes(
            List<Level> levels,
            Collection<UUID> customers,
            Map<UUID, Level.Held> held,
            Map<UUID, Set<String>> reached,
            Instant now) {
        List<StandingSql.Change> changes = new ArrayList<>();
        for (UUID customer : customers) {
            Level.Held current = held.get(customer);
            Level next = Level.next(levels, current, reached.getOrDefault(customer, Set.of()), now);
            String before = current == null ? null : current.code();
            String after = next == null ? null : next.code();
            if (!Objects.equals(before, after)) {
                changes.add(new StandingSql.Change(Ids.next(), customer, after, before));
            }
        }
        return changes;
    }

    private static Outbox.Entry news(StandingSql.Change change, Instant now) {
        return new Outbox.Entry(
                change.customerId(),
                "loyalty.changed",
                new LevelChanged(change.customerId(), "LEVEL", change.level(), change.previous(), now));
    }

    /** @return how many were due */
    Uni<Integer> reviewDue(Instant now, int limit) {
        return pool.withTransaction(tx -> standings
                .due(tx, now, limit)
                .call(due -> points.hold(tx, due).chain(held -> review(tx, Set.copyOf(held.values()), now)))
                .map(List::size));
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
