package io.snowball.customer.merge;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.appointment.Appointments;
import io.snowball.customer.deal.Deals;
import io.snowball.customer.identity.Candidates;
import io.snowball.customer.identity.IdentityMoves;
import io.snowball.customer.order.Orders;
import io.snowball.customer.points.Points;
import io.snowball.customer.profile.People;
import io.snowball.customer.profile.Person;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes one customer of two, and two of one again. */
@ApplicationScoped
class Merges {
    private final MergeSql sql;
    private final People people;
    private final IdentityMoves identities;
    private final Candidates candidates;
    private final Orders orders;
    private final Deals deals;
    private final Appointments appointments;
    private final Points points;
    private final Outbox outbox;
    private final Pool pool;
    private final Clock clock;

    Merges(
            MergeSql sql,
            People people,
            IdentityMoves identities,
            Candidates candidates,
            Orders orders,
            Deals deals,
            Appointments appointments,
            Points points,
            Outbox outbox,
            Pool pool,
            Clock clock) {
        this.sql = sql;
        this.people = people;
        this.identities = identities;
        this.candidates = candidates;
        this.orders = orders;
        this.deals = deals;
        this.appointments = appointments;
        this.points = points;
        this.outbox = outbox;
        this.pool = pool;
        this.clock = clock;
    }

    /** What the feed tells. */
    @RegisterForReflection
    record Announcement(UUID mergeId, UUID customerId, UUID mergedCustomerId) {}

    /** Either may be an old id. No other writer of customers runs beside it, so each merge sees what those before it have done. */
    Uni<Merge> merge(SqlConnection tx, UUID survivorId, UUID otherId, MergeReason reason, String by) {
        return people.lockAll(tx)
                .chain(() -> people.existing(tx, survivorId))
                .chain(survivor -> people.existing(tx, otherId).chain(other -> {
                    if (survivor.equals(other)) {
                        throw MergeProblem.ALREADY_ONE.with("Both live on as " + survivor);
                    }
                    return people.hold(tx, survivor, other).chain(found -> {
                        Person staying = person(found, survivor);
                        Person going = person(found, other);
                        return merge(tx, begun(staying, going, reason, by));
                    });
                }));
    }

    private Merge begun(Person survivor, Person other, MergeReason reason, String by) {
        return new Merge(Ids.next(), survivor.id(), other.id(), reason, now(), by, null, null, survivor, other);
    }

    private Uni<Merge> merge(SqlConnection tx, Merge merge) {
        UUID from = merge.mergedId();
        UUID to = merge.survivorId();
        Person after = Fold.merged(known(merge.survivorBefore()), known(merge.mergedBefore()));
        return sql.record(tx, merge)
                .chain(() -> people.watched(
                        tx, to, merge.mergedBy(), () -> moveAll(tx, merge).chain(() -> people.store(tx, after))))
                .chain(lines -> sql.note(tx, merge, MergeSql.HISTORY, lines))
                .chain(() -> candidates.settle(tx, from, to, merge.mergedBy()))
                .chain(() -> announce(tx, "customer.merged", merge, List.of(to)))
                .replaceWith(merge);
    }

    private Uni<Void> moveAll(SqlConnection tx, Merge merge) {
        UUID from = merge.mergedId();
        UUID to = merge.survivorId();
        return identities
                .over(tx, merge.id(), from, to)
                .chain(() -> orders.move(tx, from, to))
                .chain(moved -> sql.note(tx, merge, MergeSql.ORDERS, moved))
                .chain(() -> each(holding -> sql.over(tx, holding, merge)))
                .chain(() -> people.blockAlike(tx, from, to))
                .chain(() -> tellMoved(tx, merge.id()))
                .chain(() -> points.merge(tx, from, to))
                .chain(() -> people.remove(tx, from))
                .chain(() -> people.alias(tx, from, to));
    }

    Uni<Merge> unmerge(SqlConnection tx, UUID id, String by) {
        return people.lockAll(tx).chain(() -> sql.find(tx, id)).chain(found -> {
            Merge merge = existing(found);
            if (merge.unmergedAt() != null) {
                throw MergeProblem.ALREADY_UNMERGED.with("Nothing is left to undo");
            }
            return people.hold(tx, merge.survivorId())
                    .chain(survivor -> unmerge(tx, merge, survivor, by))
                    .replaceWith(merge.undone(now(), by));
        });
    }

    private Uni<Void> unmerge(SqlConnection tx, Merge merge, List<Person> survivor, String by) {
        if (survivor.isEmpty() || merge.survivorBefore() == null || merge.mergedBefore() == null) {
            throw MergeProblem.MERGED_ON.with("Undo the later merge of " + merge.survivorId() + " first");
        }
        Person now = survivor.getFirst();
        Person other = merge.mergedBefore();
        Person restored = new Person(other.id(), other.version() + 1, other.profile(), other.registeredAt());
        return people.store(tx, restored)
                .chain(() -> takeOut(tx, merge, now))
                .chain(() -> people.blockAlike(tx, now.id(), other.id()))
                .chain(() -> people.forgetAlias(tx, other.id()))
                .chain(() -> identities.back(tx, merge.id(), now.id(), other.id()))
                .chain(() -> sql.moved(tx, merge.id(), MergeSql.HISTORY))
                .chain(lines -> people.forgetHistory(tx, now.id(), lines))
                .chain(() -> sql.moved(tx, merge.id(), MergeSql.ORDERS))
                .chain(moved -> orders.move(tx, now.id(), other.id(), moved))
                .chain(() -> each(holding -> sql.back(tx, holding, merge)))
                .chain(() -> tellMoved(tx, merge.id()))
                .chain(() -> points.unmerge(tx, now.id(), other.id()))
                .chain(() -> sql.undo(tx, merge.id(), now(), by))
                .chain(() -> announce(tx, "customer.unmerged", merge, List.of(now.id(), other.id())));
    }

    /** What later merges remember of the survivor has the other in it: undone after this one they would bring it back. */
    private Uni<Void> takeOut(SqlConnection tx, Merge merge, Person now) {
        return sql.later(tx, merge).chain(later -> {
            List<Person> course = Fold.withoutFirst(
                    Stream.concat(Stream.of(merge), later.stream())
                            .map(Merges::step)
                            .toList(),
                    now);
            return sql.correct(tx, later, course).chain(() -> people.store(tx, course.getLast()));
        });
    }

    private static Fold.Step step(Merge merge) {
        return new Fold.Step(known(merge.survivorBefore()), known(merge.mergedBefore()));
    }

    /** Whose the deals and appointments are now that went over by the merge, or back. */
    private Uni<Void> tellMoved(SqlConnection tx, UUID mergeId) {
        return sql.moved(tx, mergeId, Holding.DEAL.table())
                .chain(moved -> deals.handedOver(tx, moved))
                .chain(() -> sql.moved(tx, mergeId, Holding.APPOINTMENT.table()))
                .chain(moved -> appointments.handedOver(tx, moved));
    }

    Uni<Merge> get(UUID id) {
        return sql.find(pool, id).map(Merges::existing);
    }

    /** In which the customer stayed or went, newest first. */
    Uni<Keyset<Merge>> list(UUID customerId, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "merges", customerId);
        return sql.page(pool, customerId, after == null ? null : UUID.fromString(after.getFirst()), limit + 1)
                .map(rows -> Keyset.of(rows, limit, merge -> List.of(merge.id().toString()), "merges", customerId));
    }

    private Uni<Void> announce(SqlConnection tx, String type, Merge merge, List<UUID> changed) {
        Announcement data = new Announcement(merge.id(), merge.survivorId(), merge.mergedId());
        return people.announce(tx, changed).chain(() -> outbox.append(tx, merge.survivorId(), type, data));
    }

    private static Uni<Void> each(Function<Holding, Uni<Void>> move) {
        return Multi.createFrom()
                .items(Holding.values())
                .onItem()
                .transformToUniAndConcatenate(move::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Person person(List<Person> found, UUID id) {
        return found.stream()
                .filter(person -> person.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A customer vanished in spite of the lock"));
    }

    private static Person known(@Nullable Person person) {
        if (person == null) {
            throw new IllegalStateException("A merge without its sides");
        }
        return person;
    }

    private static Merge existing(Optional<Merge> found) {
        return found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no merge with this id"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
