package io.snowball.consent.request;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.block.Blocks;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.calendar.Deadlines.Deadline;
import io.snowball.consent.consent.Withdrawals;
import io.snowball.consent.recipient.RecipientNotices;
import io.snowball.consent.recipient.RecipientNotices.Cause;
import io.snowball.consent.recipient.RecipientNotices.CauseKind;
import io.snowball.consent.recipient.What;
import io.snowball.consent.request.SubjectRequestApi.CheckIdentity;
import io.snowball.consent.request.SubjectRequestApi.RegisterRequest;
import io.snowball.consent.request.SubjectRequestApi.RequestFilter;
import io.snowball.consent.request.SubjectRequestApi.State;
import io.snowball.consent.request.SubjectRequestApi.SubjectRequestPage;
import io.snowball.consent.request.SubjectRequestApi.SubjectRequestView;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The register of requests. */
@ApplicationScoped
public class SubjectRequests {
    private static final String SOURCE = "subject-request";

    private final Pool pool;
    private final SubjectRequestSql sql;
    private final Deadlines deadlines;
    private final Blocks blocks;
    private final Withdrawals withdrawals;
    private final RecipientNotices recipients;
    private final Idempotency idempotency;
    private final Clock clock;

    SubjectRequests(
            Pool pool,
            SubjectRequestSql sql,
            Deadlines deadlines,
            Blocks blocks,
            Withdrawals withdrawals,
            RecipientNotices recipients,
            Idempotency idempotency,
            Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.deadlines = deadlines;
        this.blocks = blocks;
        this.withdrawals = withdrawals;
        this.recipients = recipients;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** @param by the id of the user who registers it */
    Uni<RestResponse<SubjectRequestView>> register(@Nullable UUID key, RegisterRequest request, String by) {
        return idempotency.once(
                "registerSubjectRequest",
                key,
                request,
                SubjectRequestView.class,
                tx -> register(tx, request, by)
                        .map(view -> Reply.created("/api/v1/subject-requests/" + view.id(), view)));
    }

    Uni<SubjectRequestView> get(UUID id) {
        return sql.find(pool, id).map(found -> found.orElseThrow(SubjectRequests::notFound));
    }

    Uni<SubjectRequestPage> list(RequestFilter filter, int limit, @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 2, filter.toString());
        LocalDate afterDue = after == null ? LocalDate.EPOCH : LocalDate.parse(after.getFirst());
        UUID afterId = after == null ? new UUID(0, 0) : UUID.fromString(after.getLast());
        return sql.list(pool, filter, afterDue, afterId, limit + 1)
                .map(rows -> Keyset.of(
                        rows,
                        limit,
                        last -> List.of(last.dueOn().toString(), last.id().toString()),
                        filter.toString()))
                .map(page -> new SubjectRequestPage(page.items(), page.nextCursor()));
    }

    Uni<SubjectRequestView> checkIdentity(UUID id, CheckIdentity check, String by) {
        return pool.withTransaction(tx -> open(tx, id)
                .call(request -> sql.identify(tx, id, check, by))
                .call(request -> check.confirmed() && check.customerId() != null && request.customerId() == null
                        ? actAtOnce(tx, request.kind(), check.customerId(), id, by)
                        : Uni.createFrom().voidItem())
                .chain(() -> sql.find(tx, id))
                .map(Optional::orElseThrow));
    }

    /** The request, locked, where it is still to be answered. */
    Uni<SubjectRequestView> open(SqlConnection tx, UUID id) {
        return sql.lock(tx, id).map(found -> {
            SubjectRequestView request = found.orElseThrow(SubjectRequests::notFound);
            if (!request.isOpen()) {
                throw RequestProblem.REQUEST_CLOSED.with("Register another request if there is something new");
            }
            return request;
        });
    }

    private Uni<SubjectRequestView> register(SqlConnection tx, RegisterRequest request, String by) {
        Instant now = clock.instant();
        Instant received = Optional.ofNullable(request.receivedAt()).orElse(now).truncatedTo(ChronoUnit.MICROS);
        if (received.isAfter(now)) {
            throw RequestProblem.RECEIVED_IN_FUTURE.with("Say when it reached you, or leave it out");
        }
        UUID id = Ids.next();
        LocalDate day = deadlines.dayOf(received);
        return deadlines
                .due(tx, request.kind().term(), day)
                .chain(deadline -> destroyBy(tx, request.kind(), day)
                        .map(destroyBy -> new NewRequest(id, request, received, deadline, destroyBy, by)))
                .chain(registered -> sql.insert(tx, registered))
                .call(() -> request.customerId() == null
                        ? Uni.createFrom().voidItem()
                        : actAtOnce(tx, request.kind(), request.customerId(), id, by))
                .chain(() -> sql.find(tx, id))
                .map(Optional::orElseThrow);
    }

    private Uni<Optional<LocalDate>> destroyBy(SqlConnection tx, RequestKind kind, LocalDate day) {
        return kind.destruction()
                .map(term -> deadlines.due(tx, term, day).map(Deadline::dueOn).map(Optional::of))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    /** What the law wants from the moment of the request, before anybody has looked at it. */
    private Uni<Void> actAtOnce(SqlConnection tx, RequestKind kind, UUID customerId, UUID id, String by) {
        Uni<Void> blocked = kind.blocksAtOnce()
                ? blocks.block(tx, customerId, id, by)
                : Uni.createFrom().voidItem();
        Uni<Void> silenced = kind.silencesAtOnce()
                ? withdrawals
                        .withdrawEverything(tx, customerId, SOURCE, null, null)
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
        return blocked.chain(() -> silenced)
                .chain(() -> kind == RequestKind.MARKETING_STOP
                        ? sql.close(tx, id, State.ANSWERED, by, "Реклама прекращена в момент обращения")
                                // Nobody will answer it later, so whoever else writes to the person hears of it now
                                // (r26).
                                .chain(() -> recipients.tell(
                                        tx,
                                        new Cause(CauseKind.SUBJECT_REQUEST, id, customerId, What.STOP),
                                        clock.instant()))
                        : Uni.createFrom().voidItem());
    }

    private static RuntimeException notFound() {
        return RequestProblem.REQUEST_NOT_FOUND.with("List the requests to see their ids");
    }
}
