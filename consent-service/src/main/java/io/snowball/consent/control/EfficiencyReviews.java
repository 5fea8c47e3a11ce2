package io.snowball.consent.control;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.calendar.TermCode;
import io.snowball.consent.control.ControlApi.EfficiencyReviewList;
import io.snowball.consent.control.ControlApi.EfficiencyReviewView;
import io.snowball.consent.control.ControlApi.RecordReview;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The reviews of how well personal data are protected: at least every three years. */
@ApplicationScoped
class EfficiencyReviews {
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into efficiency_review (id, reviewed_on, reviewers, findings, effective, next_due_on, recorded_at, recorded_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    /* language=PostgreSQL */
    private static final String LIST = """
            select id, reviewed_on, reviewers, findings, effective, next_due_on, recorded_at
            from efficiency_review
            order by reviewed_on desc, id desc
            limit 200
            """;

    private final Pool pool;
    private final Deadlines deadlines;
    private final Idempotency idempotency;
    private final Clock clock;

    EfficiencyReviews(Pool pool, Deadlines deadlines, Idempotency idempotency, Clock clock) {
        this.pool = pool;
        this.deadlines = deadlines;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    Uni<RestResponse<EfficiencyReviewView>> record(@Nullable UUID key, RecordReview body, String by) {
        Instant now = clock.instant();
        if (body.reviewedOn().isAfter(deadlines.dayOf(now))) {
            throw ProblemException.invalidField(
                    "/reviewedOn", "in-the-future", "A review is recorded when it was done");
        }
        UUID id = Ids.next();
        return idempotency.once(
                "recordEfficiencyReview",
                key,
                body,
                EfficiencyReviewView.class,
                tx -> deadlines
                        .keptUntil(tx, TermCode.EFFICIENCY_REVIEW, body.reviewedOn())
                        .map(after -> new EfficiencyReviewView(
                                id,
                                body.reviewedOn(),
                                body.reviewers(),
                                body.findings(),
                                body.effective(),
                                after.minusDays(1),
                                now))
                        .call(view -> tx.preparedQuery(INSERT)
                                .execute(Params.of(
                                        id,
                                        view.reviewedOn(),
                                        view.reviewers(),
                                        view.findings(),
                                        view.effective(),
                                        view.nextDueOn(),
                                        now.atOffset(ZoneOffset.UTC),
                                        by)))
                        .map(view -> Reply.created("/api/v1/efficiency-reviews", view)));
    }

    Uni<EfficiencyReviewList> list() {
        LocalDate today = deadlines.dayOf(clock.instant());
        return pool.preparedQuery(LIST)
                .execute()
                .map(rows -> Rows.list(rows, EfficiencyReviews::view))
                .map(reviews -> new EfficiencyReviewList(
                        reviews,
                        reviews.isEmpty() || today.isAfter(reviews.getFirst().nextDueOn())));
    }

    private static EfficiencyReviewView view(Row row) {
        return new EfficiencyReviewView(
                row.getUUID("id"),
                row.getLocalDate("reviewed_on"),
                row.getString("reviewers"),
                row.getString("findings"),
                row.getBoolean("effective"),
                row.getLocalDate("next_due_on"),
                row.getOffsetDateTime("recorded_at").toInstant());
    }
}
