package io.snowball.consent.request;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.block.Blocks;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.document.PurposeVersions;
import io.snowball.consent.operator.Operators;
import io.snowball.consent.paper.Paper;
import io.snowball.consent.paper.Printed;
import io.snowball.consent.paper.Printer;
import io.snowball.consent.request.RequestPapers.Standing;
import io.snowball.consent.request.SubjectRequestApi.AnswerRequest;
import io.snowball.consent.request.SubjectRequestApi.ExtendTerm;
import io.snowball.consent.request.SubjectRequestApi.Outcome;
import io.snowball.consent.request.SubjectRequestApi.PaperKind;
import io.snowball.consent.request.SubjectRequestApi.State;
import io.snowball.consent.request.SubjectRequestApi.SubjectRequestPaperList;
import io.snowball.consent.request.SubjectRequestApi.SubjectRequestView;
import io.snowball.consent.recipient.RecipientNotices;
import io.snowball.consent.recipient.RecipientNotices.Cause;
import io.snowball.consent.recipient.RecipientNotices.CauseKind;
import io.snowball.consent.recipient.What;
import io.snowball.consent.sibling.PersonalData;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Answering: the paper is made first, from what siblings say, then stored with the change of the request. */
@ApplicationScoped
class Answers {
    /* language=PostgreSQL */
    private static final String CONSENTS = """
            select type, purpose, channel, state, stated_at
            from consent_state
            where customer_id = $1
            order by type, purpose, channel
            limit 1000
            """;

    private final Pool pool;
    private final SubjectRequests requests;
    private final SubjectRequestSql sql;
    private final Operators operators;
    private final PurposeVersions purposes;
    private final PersonalData personalData;
    private final Blocks blocks;
    private final Deadlines deadlines;
    private final Printer printer;
    private final Idempotency idempotency;
    private final RecipientNotices recipients;
    private final Clock clock;

    Answers(
            Pool pool,
            SubjectRequests requests,
            SubjectRequestSql sql,
            Operators operators,
            PurposeVersions purposes,
            PersonalData personalData,
            Blocks blocks,
            Deadlines deadlines,
            Printer printer,
            Idempotency idempotency,
            RecipientNotices recipients,
            Clock clock) {
        this.recipients = recipients;
        this.pool = pool;
        this.requests = requests;
        this.sql = sql;
        this.operators = operators;
        this.purposes = purposes;
        this.personalData = personalData;
        this.blocks = blocks;
        this.deadlines = deadlines;
        this.printer = printer;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** Once, before the last day is over, with the notice that goes to the person (requirement r22). */
    Uni<RestResponse<SubjectRequestView>> extend(UUID id, @Nullable UUID key, ExtendTerm request) {
        Instant now = clock.instant();
        return requests.get(id)
                .chain(found -> papers(now)
                        .map(papers -> papers.extensionNotice(
                                found,
                                Optional.ofNullable(found.extendableTo()).orElse(found.dueOn()),
                                request.reason(),
                                now)))
                .chain(paper -> printer.print(paper, now))
                .chain(paper -> idempotency.once(
                        "extendSubjectRequest",
                        key,
                        List.of(id, request),
                        SubjectRequestView.class,
                        tx -> requests.open(tx, id)
                                .invoke(this::refuseExtension)
                                .chain(() -> sql.extend(tx, id, request.reason()))
                                .chain(() -> store(tx, id, PaperKind.EXTENSION_NOTICE, paper))));
    }

    /** @param by the id of the user who answers */
    Uni<RestResponse<SubjectRequestView>> answer(UUID id, @Nullable UUID key, AnswerRequest request, String by) {
        Instant now = clock.instant();
        return requests.get(id)
                .chain(found -> paper(found, request, now).map(paper -> new Draft(kind(found, request), paper)))
                .chain(draft -> printer.print(draft.paper(), now)
                        .chain(paper -> idempotency.once(
                                "answerSubjectRequest",
                                key,
                                List.of(id, request),
                                SubjectRequestView.class,
                                tx -> requests.open(tx, id)
                                        .invoke(found -> refuseAnswer(found, request))
                                        .call(found -> release(tx, found, request))
                                        .call(found -> tellRecipients(tx, found, request, now))
                                        .chain(() -> sql.close(tx, id, state(request), by, request.text()))
                                        .chain(() -> store(tx, id, draft.kind(), paper)))));
    }

    Uni<SubjectRequestPaperList> papers(UUID requestId) {
        return requests.get(requestId).chain(() -> sql.papers(pool, requestId)).map(SubjectRequestPaperList::new);
    }

    Uni<byte[]> pdf(UUID requestId, UUID id) {
        return sql.pdf(pool, requestId, id).map(found -> found.orElseThrow(Answers::noPaper));
    }

    Uni<String> html(UUID requestId, UUID id) {
        return sql.html(pool, requestId, id).map(found -> found.orElseThrow(Answers::noPaper));
    }

    private record Draft(PaperKind kind, Paper paper) {}

    private Uni<RequestPapers> papers(Instant now) {
        return operators.at(pool, now).map(operator -> new RequestPapers(operator, deadlines.zone()));
    }

    private Uni<Paper> paper(SubjectRequestView found, AnswerRequest request, Instant now) {
        return switch (kind(found, request)) {
            case REFUSAL -> papers(now).map(papers -> papers.refusal(found, request.text(), now));
            case ACCESS_ANSWER -> accessAnswer(found, request, now);
            case ANSWER, EXTENSION_NOTICE -> papers(now).map(papers -> papers.answer(found, request.text(), now));
        };
    }

    private Uni<Paper> accessAnswer(SubjectRequestView found, AnswerRequest request, Instant now) {
        // Before anybody's data are fetched.
        refuseAnswer(found, request);
        UUID customerId = found.customerId();
        if (customerId == null) {
            return papers(now)
                    .map(papers ->
                            papers.accessAnswer(found, List.of(), Optional.empty(), List.of(), request.text(), now));
        }
        return personalData
                .find(customerId)
                .chain(data -> purposes.at(pool, now)
                        .chain(described -> consents(customerId)
                                .chain(consents -> papers(now)
                                        .map(papers -> papers.accessAnswer(
                                                found, described, data, consents, request.text(), now)))));
    }

    private Uni<List<Standing>> consents(UUID customerId) {
        return pool.preparedQuery(CONSENTS)
                .execute(Params.of(customerId))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Standing(
                                row.getString("type"),
                                row.getString("purpose"),
                                row.getString("channel"),
                                row.getString("state"),
                                row.getOffsetDateTime("stated_at").toInstant())));
    }

    private static PaperKind kind(SubjectRequestView found, AnswerRequest request) {
        if (request.outcome() == Outcome.REFUSED) {
            return PaperKind.REFUSAL;
        }
        return found.kind() == RequestKind.ACCESS ? PaperKind.ACCESS_ANSWER : PaperKind.ANSWER;
    }

    private static State state(AnswerRequest request) {
        return request.outcome() == Outcome.REFUSED ? State.REFUSED : State.ANSWERED;
    }

    private static void refuseAnswer(SubjectRequestView found, AnswerRequest request) {
        if (request.outcome() == Outcome.DONE && found.kind().needsIdentity() && !found.isIdentified()) {
            throw RequestProblem.IDENTITY_UNCONFIRMED.with(
                    "Record the check by POST /api/v1/subject-requests/{id}/identity-checks, or refuse with its grounds");
        }
    }

    private void refuseExtension(SubjectRequestView found) {
        if (found.extension() != null) {
            throw RequestProblem.EXTENDED_BEFORE.with("Answer by " + found.dueOn());
        }
        LocalDate today = deadlines.dayOf(clock.instant());
        if (found.extendableTo() == null) {
            throw RequestProblem.NOT_EXTENDABLE.with("Answer by " + found.dueOn());
        }
        if (today.isAfter(found.dueOn())) {
            throw RequestProblem.TERM_OVER.with("It ended on " + found.dueOn() + ": answer now");
        }
    }

    /** Who has the data from us must correct, destroy or stop, too (r26). Of a destruction they hear when it is done. */
    private Uni<Void> tellRecipients(SqlConnection tx, SubjectRequestView found, AnswerRequest request, Instant now) {
        UUID customerId = found.customerId();
        What what = switch (found.kind()) {
            case CORRECTION -> What.CORRECTION;
            case STOP_PROCESSING, MARKETING_STOP, DISSEMINATION_STOP, WITHDRAWAL -> What.STOP;
            case ACCESS, ERASURE_ILLEGAL, OBJECTION, RKN_REQUEST -> null;
        };
        return what == null || customerId == null || request.outcome() == Outcome.REFUSED
                ? Uni.createFrom().voidItem()
                : recipients.tell(tx, new Cause(CauseKind.SUBJECT_REQUEST, found.id(), customerId, what), now);
    }

    /** The check is over; only what is to be destroyed stays blocked. */
    private Uni<Void> release(SqlConnection tx, SubjectRequestView found, AnswerRequest request) {
        boolean stays = request.outcome() == Outcome.DONE && found.destroyByOn() != null;
        return found.customerId() == null || !found.kind().blocksAtOnce() || stays
                ? Uni.createFrom().voidItem()
                : blocks.release(tx, found.customerId());
    }

    private Uni<Reply<SubjectRequestView>> store(SqlConnection tx, UUID requestId, PaperKind kind, Printed paper) {
        UUID id = Ids.next();
        return sql.insertPaper(tx, id, requestId, kind, paper)
                .chain(() -> sql.find(tx, requestId))
                .map(found -> Reply.created(
                        "/api/v1/subject-requests/" + requestId + "/papers/" + id + "/pdf", found.orElseThrow()));
    }

    private static RuntimeException noPaper() {
        return RequestProblem.PAPER_NOT_FOUND.with("List the papers of the request to see their ids");
    }
}
