package io.snowball.customer.appointment;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.EntityTags;
import io.snowball.customer.appointment.AppointmentApi.CreateAppointment;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What can be done with appointments. Every change is announced as appointment.changed by the transaction that makes it. */
@ApplicationScoped
public class Appointments {
    private final AppointmentSql sql;
    private final Pool pool;
    private final Clock clock;

    Appointments(AppointmentSql sql, Pool pool, Clock clock) {
        this.sql = sql;
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Appointment> create(SqlConnection tx, CreateAppointment request) {
        Appointment.Details details = request.details().toDetails();
        return customer(tx, request.customerId())
                .call(customer -> checkDeal(tx, details, customer, "/details/dealId"))
                .map(customer -> new Appointment(Ids.next(), customer, details, AppointmentState.PLANNED, now(), 1))
                .call(made -> store(tx, made));
    }

    private Uni<UUID> customer(SqlConnection tx, UUID id) {
        return sql.customer(tx, id).map(found -> {
            AppointmentSql.Held held = found.orElseThrow(
                    () -> ProblemException.invalidField("/customerId", "unknown", "There is no such customer"));
            if (held.blocked()) {
                throw AppointmentProblem.CUSTOMER_BLOCKED.with(
                        "Nothing new may be stored of this customer for the time being");
            }
            return held.id();
        });
    }

    private Uni<Void> checkDeal(SqlConnection tx, Appointment.Details details, UUID customer, String pointer) {
        UUID deal = details.dealId();
        return deal == null
                ? Uni.createFrom().voidItem()
                : sql.isDealOf(tx, deal, customer)
                        .invoke(belongs -> {
                            if (!belongs) {
                                throw ProblemException.invalidField(
                                        pointer, "unknown", "The customer has no such deal");
                            }
                        })
                        .replaceWithVoid();
    }

    /** At another time it has to be confirmed again. */
    Uni<Appointment> change(UUID id, int expectedVersion, Appointment.Details details) {
        return pool.withTransaction(tx -> locked(tx, id, expectedVersion)
                .call(known -> details.equals(known.details())
                        ? Uni.createFrom().voidItem()
                        : checkDeal(tx, details, known.customerId(), "/dealId"))
                .chain(known -> stored(tx, known, before -> changed(before, details))));
    }

    private static Appointment changed(Appointment before, Appointment.Details details) {
        if (before.details().equals(details)) {
            return before;
        }
        if (!before.state().isAhead()) {
            throw AppointmentProblem.OVER.with("Plan it anew first, by its state");
        }
        AppointmentState state =
                details.isAtAnotherTimeThan(before.details()) ? AppointmentState.PLANNED : before.state();
        return new Appointment(
                before.id(), before.customerId(), details, state, before.createdAt(), before.version() + 1);
    }

    Uni<Appointment> step(UUID id, int expectedVersion, AppointmentState next) {
        return pool.withTransaction(tx ->
                locked(tx, id, expectedVersion).chain(known -> stored(tx, known, before -> stepped(before, next))));
    }

    private static Appointment stepped(Appointment before, AppointmentState next) {
        if (before.state() == next) {
            return before;
        }
        if (!before.state().canBecome(next)) {
            throw AppointmentProblem.NO_SUCH_STEP.with("It is " + before.state() + " and can't become " + next);
        }
        return new Appointment(
                before.id(), before.customerId(), before.details(), next, before.createdAt(), before.version() + 1);
    }

    private Uni<Appointment> stored(SqlConnection tx, Appointment before, UnaryOperator<Appointment> step) {
        Appointment after = step.apply(before);
        return after.equals(before)
                ? Uni.createFrom().item(before)
                : store(tx, after).replaceWith(after);
    }

    private Uni<Void> store(SqlConnection tx, Appointment appointment) {
        return sql.store(tx, appointment).chain(() -> sql.announce(tx, List.of(appointment.id()), now()));
    }

    Uni<Appointment> get(UUID id) {
        return sql.find(pool, id).map(Appointments::existing);
    }

    /** By time, without those of blocked customers. */
    Uni<Keyset<Appointment>> list(AppointmentSql.Filter filter, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 2, filter.query());
        AppointmentSql.Place place = after == null
                ? null
                : new AppointmentSql.Place(Cursor.asInstant(after.getFirst()), Cursor.asUuid(after.getLast()));
        return sql.page(pool, filter, place, limit + 1)
                .map(rows -> Keyset.of(
                        rows,
                        limit,
                        each -> List.of(
                                each.details().startsAt().toString(), each.id().toString()),
                        filter.query()));
    }

    /** Those that are still to come about, of customers who may be written to. */
    Uni<List<Appointment>> places(Collection<UUID> ids) {
        return sql.places(pool, ids);
    }

    /** Says of appointments that went over to another customer whose they are now. */
    public Uni<Void> handedOver(SqlConnection tx, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : sql.touch(tx, ids).chain(() -> sql.announce(tx, ids, now()));
    }

    private Uni<Appointment> locked(SqlConnection tx, UUID id, int expectedVersion) {
        return sql.lock(tx, id)
                .map(Appointments::existing)
                .invoke(known -> EntityTags.check(expectedVersion, known.version()));
    }

    private static Appointment existing(Optional<Appointment> found) {
        return found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no appointment with this id"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
