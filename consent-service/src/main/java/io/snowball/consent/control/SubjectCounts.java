package io.snowball.consent.control;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.control.ControlApi.SubjectAlert;
import io.snowball.consent.control.ControlApi.SubjectCountList;
import io.snowball.consent.control.ControlApi.SubjectCountView;
import io.snowball.consent.sibling.PersonalData;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the people whose data there are, once a day, against the threshold of decree 1119. */
@ApplicationScoped
class SubjectCounts {
    private static final int NEAR_PERCENT = 80;
    private static final Duration OFTEN_ENOUGH = Duration.ofHours(20);

    /* language=PostgreSQL */
    private static final String INSERT =
            "insert into subject_count (counted_at, subjects, identifiers) values ($1, $2, $3) on conflict do nothing";

    /* language=PostgreSQL */
    private static final String LIST = """
            select c.counted_at, c.subjects, c.identifiers, t.subjects as threshold
            from subject_count c
            cross join lateral (
              select subjects from subject_threshold
              where effective_from <= c.counted_at::date
              order by effective_from desc
              limit 1) t
            order by c.counted_at desc
            limit $1
            """;

    private final Pool pool;
    private final PersonalData personalData;
    private final Clock clock;
    private final AtomicLong subjects;
    private final AtomicLong share;

    SubjectCounts(Pool pool, PersonalData personalData, Clock clock, MeterRegistry metrics) {
        this.pool = pool;
        this.personalData = personalData;
        this.clock = clock;
        this.subjects = metrics.gauge("snowball_consent_subjects", new AtomicLong());
        this.share = metrics.gauge("snowball_consent_subjects_percent", new AtomicLong());
    }

    @Scheduled(
            every = "${retention.every:6h}",
            delayed = "10m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> countDaily() {
        Instant lately = clock.instant().minus(OFTEN_ENOUGH);
        return list(1).chain(last ->
                last.items().stream().anyMatch(count -> count.countedAt().isAfter(lately))
                        ? Uni.createFrom().voidItem()
                        : count().replaceWithVoid());
    }

    Uni<SubjectCountView> count() {
        return personalData
                .counts()
                .chain(counts -> pool.preparedQuery(INSERT)
                        .execute(Params.of(OffsetDateTime.now(clock), counts.subjects(), counts.identifiers())))
                .chain(() -> list(1))
                .map(list -> list.items().getFirst())
                .invoke(this::tell);
    }

    Uni<SubjectCountList> list(int limit) {
        return pool.preparedQuery(LIST)
                .execute(Params.of(limit))
                .map(rows -> new SubjectCountList(Rows.list(rows, SubjectCounts::view)));
    }

    private void tell(SubjectCountView count) {
        subjects.set(count.subjects());
        share.set(Math.round(count.share()));
        if (count.alert() != SubjectAlert.NONE) {
            Log.warnf(
                    "Personal data of %d people: %s per cent of the threshold of decree 1119",
                    count.subjects(), count.share());
        }
    }

    private static SubjectCountView view(Row row) {
        long subjects = row.getLong("subjects");
        long threshold = row.getLong("threshold");
        double share = Math.round(subjects * 1000.0 / threshold) / 10.0;
        return new SubjectCountView(
                row.getOffsetDateTime("counted_at").toInstant(),
                subjects,
                row.getLong("identifiers"),
                threshold,
                share,
                alert(subjects, threshold));
    }

    static SubjectAlert alert(long subjects, long threshold) {
        if (subjects >= threshold) {
            return SubjectAlert.REACHED;
        }
        return subjects * 100 >= threshold * NEAR_PERCENT ? SubjectAlert.NEAR : SubjectAlert.NONE;
    }
}
