package io.snowball.consent.consent;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.withdrawnNow;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.snowball.consent.OwnerDatabase;
import io.snowball.consent.Samples;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement r06: append-only, in one order per customer, each event sealed with the one before. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LedgerTest {
    @Inject
    Pool pool;

    @Inject
    LedgerSql sql;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update consent_event set action = 'GIVEN' where customer_id = '%s'",
                "delete from consent_event where customer_id = '%s'",
                "truncate consent_event",
                "update consent_seal set events = 0",
                "delete from consent_seal_chunk",
                "update consent_document_version set text = ''"
            })
    void r06r30NeitherTheServicesRoleNorTheOwnerCanChangeTheLedger(String change) {
        UUID customer = Ids.next();
        record(withdrawnNow(customer)).then().statusCode(201);
        String statement = change.formatted(customer);
        assertThatThrownBy(() -> pool.query(statement).execute().await().indefinitely())
                .as("the service's role has not the right")
                .hasMessageContaining("42501");
        assertThatThrownBy(() -> OwnerDatabase.run(statement))
                .as("the owner has it, and a trigger stands in the way")
                .hasMessageContaining("append-only");
        assertThat(ledger(customer)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table consent_event disable trigger all",
                "drop trigger tr_consent_event__append_only on consent_event",
                "create table mine (id int)",
                "set session_replication_role = replica",
                "select * from flyway_schema_history"
            })
    void r30TheServicesRoleCanNotGetAroundIt(String trick) {
        assertThatThrownBy(() -> pool.query(trick).execute().await().indefinitely())
                .hasMessageContaining("42501");
    }

    @Test
    void r06FiftyAtOnceForOneCustomerStandInOneOrderAndTheLastOneCounts() throws Exception {
        UUID customer = Ids.next();
        String document = advertisingDocument();
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String body = i % 2 == 0 ? givenNow(customer, document) : withdrawnNow(customer);
            calls.add(() -> record(body).statusCode());
        }
        Collections.shuffle(calls, new java.util.Random(8058));
        try (var threads = Executors.newFixedThreadPool(50)) {
            assertThat(threads.invokeAll(calls))
                    .allSatisfy(call -> assertThat(call.get()).isEqualTo(201));
        }

        List<ConsentEvent> events = ledger(customer);
        assertThat(events).hasSize(50);
        assertSealed(events);
        assertThat(events.stream().map(ConsentEvent::at)).isSorted().doesNotHaveDuplicates();
        ConsentEvent last = events.getLast();
        ConsentState state = sql.states(pool, customer).await().indefinitely().getFirst();
        assertThat(state.standing().name()).isEqualTo(last.action().name());
        assertThat(state.recordId()).isEqualTo(last.recordId());
        assertThat(Samples.announced(pool, customer))
                .hasSize(50)
                .last()
                .satisfies(row -> assertThat(row.getString("data"))
                        .contains(last.recordId().toString()));
    }

    @Test
    void batchesWithTheSameCustomersInAnotherOrderDoNotBlockEachOther() throws Exception {
        List<UUID> customers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            customers.add(
                    UUID.nameUUIDFromBytes(Ids.next().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            List<UUID> shuffled = new ArrayList<>(customers);
            Collections.shuffle(shuffled, new java.util.Random(i));
            String body = "{\"items\": ["
                    + String.join(
                            ",", shuffled.stream().map(Samples::withdrawnNow).toList()) + "]}";
            calls.add(() -> as(Roles.SERVICE)
                    .contentType(ContentType.JSON)
                    .header("Idempotency-Key", Ids.next())
                    .body(body)
                    .post("/api/v1/consents/batches")
                    .statusCode());
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            assertThat(threads.invokeAll(calls))
                    .allSatisfy(call -> assertThat(call.get()).isEqualTo(200));
        }
        assertSealed(ledger(customers.getFirst()));
        assertThat(ledger(customers.getFirst())).hasSize(8);
    }

    @Test
    void r06TheSealChangesWithEveryFieldOfTheEvent() {
        UUID customer = Ids.next();
        record(withdrawnNow(customer));
        ConsentEvent event = ledger(customer).getFirst();
        ConsentEvent later = new ConsentEvent(
                event.format(),
                event.recordId(),
                event.sequence(),
                event.key(),
                event.action(),
                event.at().plusNanos(1000),
                event.recordedAt(),
                event.signed(),
                event.terms(),
                event.evidence(),
                event.operatorSince(),
                event.previousHash(),
                "");
        assertThat(EventHash.of(later)).isNotEqualTo(event.hash());
    }

    @Test
    void r13AClockThatIsBehindLosesNoWithdrawal() {
        ConsentKey key = new ConsentKey(
                Ids.next(), io.snowball.consent.document.ConsentType.ADVERTISING, "marketing", Channel.EMAIL);
        Instant ahead = Instant.parse("2026-06-01T00:00:01Z");
        Chains chains = new Chains(
                List.of(new Chains.Head(key.customerId(), 1, "00")),
                List.of(new ConsentState(key, Standing.GIVEN, Ids.next(), ahead, null, null, false)),
                Set.of(),
                new java.util.TreeSet<>(),
                ahead.minusSeconds(1));
        Evidence evidence = Evidence.ofLink("unsubscribe-link", null, null, null, null);
        ConsentEvent event = chains.add(
                        new Statement(key, ConsentAction.WITHDRAWN, null, null, Terms.NONE, evidence, true))
                .orElseThrow();
        assertThat(chains.standing(key)).isEqualTo(Standing.WITHDRAWN);
        assertThat(event.at()).isAfter(ahead);
    }

    private List<ConsentEvent> ledger(UUID customer) {
        return sql.list(pool, customer, 0, 200).await().indefinitely();
    }

    private static void assertSealed(List<ConsentEvent> events) {
        String previous = null;
        int sequence = 0;
        for (ConsentEvent event : events) {
            assertThat(event.sequence()).isEqualTo(++sequence);
            assertThat(event.previousHash()).isEqualTo(previous);
            assertThat(event.hash()).isEqualTo(EventHash.of(event));
            previous = event.hash();
        }
    }
}
