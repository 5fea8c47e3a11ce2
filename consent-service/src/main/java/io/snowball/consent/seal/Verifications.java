package io.snowball.consent.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.access.AccessAudit;
import io.snowball.consent.consent.ChainAudit;
import io.snowball.consent.seal.SealApi.ChainVerification;
import io.snowball.consent.seal.SealApi.LedgerFault;
import io.snowball.consent.seal.SealApi.LedgerVerification;
import io.snowball.consent.seal.SealApi.LedgerVerificationPage;
import io.snowball.consent.seal.SealApi.VerificationState;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Counts the whole ledger and the access log again, once a day and whenever asked. Read-only but for its own report. */
@ApplicationScoped
class Verifications {
    private static final String COLUMNS =
            "id, state, started_at, finished_at, events, seals, access_records, faults::text as faults";

    /* language=PostgreSQL */
    private static final String ORDER = """
            insert into ledger_verification (id, state, started_at, claimed_until, events, seals, faults)
            values ($1, 'RUNNING', $2, $2, 0, 0, '[]')
            """;

    // Once a day, whoever of the replicas comes first.
    /* language=PostgreSQL */
    private static final String ORDER_DAILY = """
            insert into ledger_verification (id, state, started_at, claimed_until, events, seals, faults)
            select $1::uuid, 'RUNNING', $2::timestamptz, $2, 0, 0, '[]'::jsonb
            where not exists (select from ledger_verification where started_at > $2 - interval '1 day')
            """;

    // A claim that was not renewed is of a process that died: its work is done again from the start.
    /* language=PostgreSQL */
    private static final String CLAIM = """
            update ledger_verification
            set claimed_until = $2
            where id = (
              select id from ledger_verification
              where state = 'RUNNING' and claimed_until <= $1
              order by started_at
              limit 1
              for update skip locked)
            returning id
            """;

    /* language=PostgreSQL */
    private static final String REPORT = """
            update ledger_verification
            set state = $2, finished_at = $3, claimed_until = $4, events = $5, seals = $6, faults = $7::text::jsonb, access_records = $8
            where id = $1
            """;

    /* language=PostgreSQL */
    private static final String GET = "select " + COLUMNS + " from ledger_verification where id = $1";

    /* language=PostgreSQL */
    private static final String LIST =
            "select " + COLUMNS + " from ledger_verification where id < $1 order by id desc limit $2";

    private static final TypeReference<List<LedgerFault>> FAULTS = new TypeReference<>() {};
    private static final UUID LAST = new UUID(-1, -1);

    private final Pool pool;
    private final ChainAudit chains;
    private final SealAudit seals;
    private final AccessAudit accesses;
    private final Idempotency idempotency;
    private final ObjectMapper json;
    private final Clock clock;

    Verifications(
            Pool pool,
            ChainAudit chains,
            SealAudit seals,
            AccessAudit accesses,
            Idempotency idempotency,
            ObjectMapper json,
            Clock clock) {
        this.accesses = accesses;
        this.pool = pool;
        this.chains = chains;
        this.seals = seals;
        this.idempotency = idempotency;
        this.json = json;
        this.clock = clock;
    }

    Uni<ChainVerification> verify(UUID customerId) {
        return chains.of(customerId)
                .map(page -> new ChainVerification(
                        customerId,
                        page.faults().isEmpty(),
                        page.events(),
                        page.faults().stream().map(LedgerFault::of).toList()));
    }

    Uni<RestResponse<LedgerVerification>> order(@Nullable UUID key) {
        UUID id = Ids.next();
        Instant now = clock.instant();
        var ordered = new LedgerVerification(id, VerificationState.RUNNING, now, null, 0, 0, 0, List.of());
        return idempotency.once(
                "verifyLedger",
                key,
                "",
                LedgerVerification.class,
                tx -> tx.preparedQuery(ORDER)
                        .execute(Params.of(id, now.atOffset(ZoneOffset.UTC)))
                        .replaceWith(Reply.accepted("/api/v1/ledger-verifications/" + id, ordered)));
    }

    Uni<LedgerVerification> get(UUID id) {
        return pool.preparedQuery(GET)
                .execute(Params.of(id))
                .map(rows -> Rows.first(rows, this::view)
                        .orElseThrow(() -> SealProblem.VERIFICATION_NOT_FOUND.with("List them to see their ids")));
    }

    Uni<LedgerVerificationPage> list(int limit, @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 1);
        UUID below = after == null ? LAST : UUID.fromString(after.getFirst());
        return pool.preparedQuery(LIST)
                .execute(Params.of(below, limit + 1))
                .map(rows -> Keyset.of(
                        Rows.list(rows, this::view),
                        limit,
                        last -> List.of(last.id().toString())))
                .map(page -> new LedgerVerificationPage(page.items(), page.nextCursor()));
    }

    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> orderDaily() {
        return pool.preparedQuery(ORDER_DAILY)
                .execute(Params.of(Ids.next(), OffsetDateTime.now(clock)))
                .replaceWithVoid();
    }

    /** Takes what was ordered and counts. */
    @Scheduled(every = "5s", delayed = "20s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> work() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return pool.preparedQuery(CLAIM)
                .execute(Params.of(now, Counting.claimedUntil(now)))
                .map(rows -> Rows.first(rows, row -> row.getUUID("id")))
                .chain(claimed -> claimed.map(id -> count(new Counting(id)))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> count(Counting counting) {
        return countChains(counting, new UUID(0, 0))
                .chain(() -> countSeals(counting, null))
                .chain(accesses::sources)
                .chain(sources -> countAccesses(counting, sources, 0))
                .chain(() -> report(counting, true))
                .invoke(() -> tell(counting));
    }

    private Uni<Void> countChains(Counting counting, UUID after) {
        return chains.page(after).chain(page -> {
            counting.add(page);
            UUID next = page.next();
            Uni<Void> reported = counting.isWorthReporting()
                    ? report(counting, false)
                    : Uni.createFrom().voidItem();
            return next == null ? reported : reported.chain(() -> countChains(counting, next));
        });
    }

    private Uni<Void> countSeals(Counting counting, @Nullable Seal before) {
        return seals.next(before).chain(finding -> {
            Seal seal = finding.seal();
            if (seal == null) {
                return Uni.createFrom().voidItem();
            }
            counting.add(finding);
            return countSeals(counting, seal);
        });
    }

    private Uni<Void> countAccesses(Counting counting, List<String> sources, int index) {
        return index == sources.size()
                ? Uni.createFrom().voidItem()
                : accesses.of(sources.get(index))
                        .invoke(counting::add)
                        .chain(() -> countAccesses(counting, sources, index + 1));
    }

    private Uni<Void> report(Counting counting, boolean finished) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        VerificationState state = finished ? counting.outcome() : VerificationState.RUNNING;
        return pool.preparedQuery(REPORT)
                .execute(Params.of(
                        counting.id(),
                        state.name(),
                        finished ? now : null,
                        Counting.claimedUntil(now),
                        counting.events(),
                        counting.seals(),
                        write(counting.faults()),
                        counting.accessRecords()))
                .replaceWithVoid();
    }

    private static void tell(Counting counting) {
        if (counting.outcome() == VerificationState.INTACT) {
            Log.infof(
                    "The consent ledger and the access log are intact, events=%d seals=%d accessRecords=%d",
                    counting.events(), counting.seals(), counting.accessRecords());
        } else {
            Log.errorf(
                    "The consent ledger or the access log was tampered with, verification=%s faults=%d",
                    counting.id(), counting.faults().size());
        }
    }

    private LedgerVerification view(Row row) {
        return new LedgerVerification(
                row.getUUID("id"),
                VerificationState.valueOf(row.getString("state")),
                row.getOffsetDateTime("started_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("finished_at"))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null),
                row.getLong("events"),
                row.getInteger("seals"),
                row.getLong("access_records"),
                read(row.getString("faults")));
    }

    private List<LedgerFault> read(String faults) {
        try {
            return json.readValue(faults, FAULTS);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A stored report can't be read", failure);
        }
    }

    private String write(List<LedgerFault> faults) {
        try {
            return json.writeValueAsString(faults);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
