package io.snowball.consent.control;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.access.AccessCounts;
import io.snowball.consent.control.ControlApi.AccessPersonList;
import io.snowball.consent.control.ControlApi.AccessPersonView;
import io.snowball.consent.control.ControlApi.GrantAccess;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.problem.CommonProblem;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The list of persons with access, and whether it is the truth. */
@ApplicationScoped
public class AccessPersons {
    private static final Duration LATELY = Duration.ofDays(90);

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into access_person (id, full_name, post, user_id, scope, basis, granted_on, added_at, added_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    /* language=PostgreSQL */
    private static final String END = """
            update access_person set ended_on = $2, ended_by = $3
            where id = $1 and ended_on is null and granted_on <= $2
            returning id, full_name, post, user_id, scope, basis, granted_on, ended_on
            """;

    /* language=PostgreSQL */
    private static final String LIST = """
            select id, full_name, post, user_id, scope, basis, granted_on, ended_on
            from access_person
            order by ended_on desc nulls first, full_name, id
            limit 1000
            """;

    private final Pool pool;
    private final AccessCounts accesses;
    private final Idempotency idempotency;
    private final Clock clock;

    AccessPersons(Pool pool, AccessCounts accesses, Idempotency idempotency, Clock clock) {
        this.pool = pool;
        this.accesses = accesses;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** A line of the list, as the paper prints it. */
    public record Line(String fullName, String post, String scope, String basis, LocalDate grantedOn) {}

    Uni<RestResponse<AccessPersonView>> grant(@Nullable UUID key, GrantAccess body, String by) {
        UUID id = Ids.next();
        AccessPersonView view = new AccessPersonView(
                id, body.fullName(), body.post(), body.userId(), body.scope(), body.basis(), body.grantedOn(), null);
        return idempotency.once(
                "grantAccess",
                key,
                body,
                AccessPersonView.class,
                tx -> tx.preparedQuery(INSERT)
                        .execute(Params.of(
                                id,
                                body.fullName(),
                                body.post(),
                                body.userId(),
                                body.scope(),
                                body.basis(),
                                body.grantedOn(),
                                OffsetDateTime.now(clock),
                                by))
                        .replaceWith(Reply.created("/api/v1/access-persons", view)));
    }

    Uni<AccessPersonView> end(UUID id, LocalDate endedOn, String by) {
        return pool.preparedQuery(END)
                .execute(Params.of(id, endedOn, by))
                .map(
                        rows -> Rows.first(rows, AccessPersons::view)
                                .orElseThrow(
                                        () -> CommonProblem.CONFLICT.with(
                                                "Nobody on the list has this id, or the access ended before, or would end before it began")));
    }

    Uni<AccessPersonList> list() {
        return all().chain(persons -> accesses.users(clock.instant().minus(LATELY))
                .map(users -> {
                    Set<String> listed = persons.stream()
                            .filter(person -> person.endedOn() == null && person.userId() != null)
                            .map(AccessPersonView::userId)
                            .collect(Collectors.toSet());
                    return new AccessPersonList(
                            persons,
                            users.stream()
                                    .filter(user -> !listed.contains(user))
                                    .toList());
                }));
    }

    /** Who has access today. */
    public Uni<List<Line>> today(LocalDate day) {
        return all().map(persons -> persons.stream()
                .filter(person -> !person.grantedOn().isAfter(day)
                        && (person.endedOn() == null || person.endedOn().isAfter(day)))
                .map(person ->
                        new Line(person.fullName(), person.post(), person.scope(), person.basis(), person.grantedOn()))
                .toList());
    }

    private Uni<List<AccessPersonView>> all() {
        return pool.preparedQuery(LIST).execute().map(rows -> Rows.list(rows, AccessPersons::view));
    }

    private static AccessPersonView view(Row row) {
        return new AccessPersonView(
                row.getUUID("id"),
                row.getString("full_name"),
                row.getString("post"),
                row.getString("user_id"),
                row.getString("scope"),
                row.getString("basis"),
                row.getLocalDate("granted_on"),
                row.getLocalDate("ended_on"));
    }
}
