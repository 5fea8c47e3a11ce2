package io.snowball.consent.seal;

import static io.snowball.consent.Samples.action;
import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.given;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.withdrawnNow;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.consent.OwnerDatabase;
import io.snowball.consent.Requisites;
import io.snowball.consent.consent.ConsentHistory;
import io.snowball.consent.document.Sha256;
import io.snowball.consent.seal.SealApi.LedgerFault;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements r06 and r30: one byte changed anywhere in the ledger is found and named, even when the server's owner changed it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class TamperTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final UUID customer = Ids.next();

    @Inject
    Pool pool;

    @Inject
    Seals seals;

    @Inject
    Verifications verifications;

    @Inject
    ConsentHistory histories;

    @BeforeEach
    void threeEvents() {
        Requisites.record();
        String consent = given(customer, advertisingDocument())
                .replace(
                        "\"evidence\": {",
                        "\"identifier\": \"anna@example.ru\", \"validUntil\": \"2199-01-01T00:00:00Z\", "
                                + "\"evidence\": {\"formUrl\": \"https://shop.example.ru/\", \"messageId\": \""
                                + Ids.next() + "\", ");
        record(consent).then().statusCode(201);
        record(action(customer, "REFUSED")).then().statusCode(201);
        record(withdrawnNow(customer)).then().statusCode(201);
        // Below the oldest running transaction only: a job of ours may be at work.
        await().atMost(PATIENCE).until(() -> {
            seals.sealAll().await().indefinitely();
            return isSealed();
        });
    }

    private boolean isSealed() {
        return pool.preparedQuery("""
                        select coalesce((select max(to_tx) from consent_seal), 0)
                          > (select max(tx) from consent_event where customer_id = $1) as sealed""")
                .execute(Params.of(customer))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getBoolean("sealed");
    }

    @Test
    void r06AnUntouchedLedgerIsIntact() {
        assertThat(faults()).isEmpty();
        as(Roles.DPO)
                .get("/api/v1/ledger-verifications/customers/{id}", customer)
                .then()
                .statusCode(200)
                .body("intact", equalTo(true))
                .body("events", equalTo(3));
        as(Roles.DPO)
                .get("/api/v1/ledger-seals")
                .then()
                .statusCode(200)
                .body("items[0].number", greaterThan(0))
                .body("items[0].signature.length()", greaterThan(100));
    }

    /** Every column that says anything: one character, digit, bit or microsecond of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "record_id = gen_random_uuid()",
                "type = 'TRANSFER'",
                "purpose = 'marketinG'",
                "channel = 'SMS'",
                "action = 'CONFIRMED'",
                "stated_at = stated_at + interval '1 microsecond'",
                "recorded_at = recorded_at - interval '1 microsecond'",
                "document_id = gen_random_uuid()",
                "document_version = 2",
                "document_sha256 = set_bit(document_sha256, 77, 1 - get_bit(document_sha256, 77))",
                "source = 'web-forn'",
                "form_id = null",
                "ip = '203.0.113.8'",
                "user_agent = user_agent || ' '",
                "request_id = 'req-2'",
                "checkbox_unticked = null",
                "actor = 'OPERATOR'",
                "recorded_by = recorded_by || 'x'",
                "message_id = null",
                "awaits_confirmation = not awaits_confirmation",
                "refers_to = record_id",
                "valid_until = valid_until + interval '1 microsecond'",
                "identifier_hash = set_bit(identifier_hash, 0, 1 - get_bit(identifier_hash, 0))",
                "details = replace(details, 'shop', 'shoq')",
                "legacy_bundled = not legacy_bundled",
                "operator_since = operator_since + interval '1 microsecond'",
                "format = 2",
                "format = 1",
                "hash = set_bit(hash, 255, 1 - get_bit(hash, 255))"
            })
    void r06OneByteChangedAnywhereIsFoundAndNamed(String change) {
        keep();
        OwnerDatabase.tamper(
                "update consent_event set %s where customer_id = '%s' and sequence = 1".formatted(change, customer));
        var found = verifications.verify(customer).await().indefinitely();
        restore();
        assertThat(found.faults())
                .filteredOn(fault -> fault.kind().equals("ALTERED"))
                .anySatisfy(fault -> assertThat(fault.sequence()).isEqualTo(1L));
        assertThat(verifications.verify(customer).await().indefinitely().intact())
                .isTrue();
    }

    /** Whoever adds a column to the ledger must put it under the hash, and here. */
    @Test
    void r06EveryColumnIsTamperedWithInThisTest() throws Exception {
        List<String> changes = List.of(getClass()
                .getDeclaredMethod("r06OneByteChangedAnywhereIsFoundAndNamed", String.class)
                .getAnnotation(ValueSource.class)
                .strings());
        Set<String> tampered = changes.stream()
                .map(change -> change.substring(0, change.indexOf(' ')))
                .collect(Collectors.toCollection(HashSet::new));
        // By the tests below.
        tampered.addAll(Set.of("customer_id", "sequence", "previous_hash", "tx"));
        List<String> columns = Rows.list(
                pool.query("select column_name from information_schema.columns where table_name = 'consent_event'")
                        .execute()
                        .await()
                        .indefinitely(),
                row -> row.getString("column_name"));
        assertThat(tampered).containsAll(columns);
    }

    @Test
    void aRowThatBecameAnothersIsNamed() {
        UUID another = Ids.next();
        keep();
        OwnerDatabase.tamper("update consent_event set customer_id = '%s' where customer_id = '%s' and sequence = 2"
                .formatted(another, customer));
        List<LedgerFault> faults = faults();
        OwnerDatabase.tamper("delete from consent_event where customer_id = '%s'".formatted(another));
        restore();
        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.kind()).isEqualTo("REMOVED");
            assertThat(fault.customerId()).isEqualTo(customer);
            assertThat(fault.sequence()).isEqualTo(2L);
        });
    }

    @Test
    void r06ARowThatIsGoneIsNamedWhetherFirstMiddleLastOrAll() {
        for (int sequence = 1; sequence <= 3; sequence++) {
            keep();
            OwnerDatabase.tamper("delete from consent_event where customer_id = '%s' and sequence = %d"
                    .formatted(customer, sequence));
            assertNamed("REMOVED", sequence);
            restore();
        }
        keep();
        OwnerDatabase.run(
                "create table if not exists kept_chain as select * from consent_chain where false",
                "create table if not exists kept_state as select * from consent_state where false",
                "insert into kept_chain select * from consent_chain where customer_id = '%s'".formatted(customer),
                "insert into kept_state select * from consent_state where customer_id = '%s'".formatted(customer),
                "delete from consent_chain where customer_id = '%s'".formatted(customer),
                "delete from consent_state where customer_id = '%s'".formatted(customer));
        OwnerDatabase.tamper("delete from consent_event where customer_id = '%s'".formatted(customer));
        for (int sequence = 1; sequence <= 3; sequence++) {
            assertNamed("REMOVED", sequence);
        }
        OwnerDatabase.run(
                "insert into consent_chain select * from kept_chain where customer_id = '%s'".formatted(customer),
                "insert into consent_state select * from kept_state where customer_id = '%s'".formatted(customer));
        restore();
        assertThat(faults()).isEmpty();
    }

    @Test
    void r06RowsThatChangedPlacesAreNamed() {
        keep();
        OwnerDatabase.tamper(
                "update consent_event set sequence = 9 where customer_id = '%s' and sequence = 2".formatted(customer));
        OwnerDatabase.tamper(
                "update consent_event set sequence = 2 where customer_id = '%s' and sequence = 3".formatted(customer));
        OwnerDatabase.tamper(
                "update consent_event set sequence = 3 where customer_id = '%s' and sequence = 9".formatted(customer));
        var found = verifications.verify(customer).await().indefinitely();
        restore();
        assertThat(found.faults()).extracting(LedgerFault::sequence).contains(2L, 3L);
    }

    @Test
    void aLinkThatWasBentIsNamed() {
        keep();
        OwnerDatabase.tamper("update consent_event set previous_hash = hash where customer_id = '%s' and sequence = 2"
                .formatted(customer));
        var found = verifications.verify(customer).await().indefinitely();
        restore();
        assertThat(found.faults()).extracting(LedgerFault::sequence).contains(2L);
    }

    @Test
    void r06WhoCountsAllHashesAgainIsFoundByTheSeal() {
        keep();
        OwnerDatabase.tamper("update consent_event set source = 'call-centra' where customer_id = '%s' and sequence = 3"
                .formatted(customer));
        String forged = Sha256.hex(histories
                .of(customer, Instant.EPOCH)
                .await()
                .indefinitely()
                .events()
                .getLast()
                .canonical());
        OwnerDatabase.tamper(
                "update consent_event set hash = decode('%s', 'hex') where customer_id = '%s' and sequence = 3"
                        .formatted(forged, customer));
        OwnerDatabase.run(
                "create table if not exists kept_chain as select * from consent_chain where false",
                "insert into kept_chain select * from consent_chain where customer_id = '%s'".formatted(customer),
                "update consent_chain set hash = decode('%s', 'hex') where customer_id = '%s'"
                        .formatted(forged, customer));
        boolean chainLooksIntact =
                verifications.verify(customer).await().indefinitely().intact();
        List<LedgerFault> faults = faults();
        restore();
        OwnerDatabase.run(
                "update consent_chain c set hash = k.hash from kept_chain k where c.customer_id = k.customer_id");
        assertThat(chainLooksIntact).as("the chain alone can be forged").isTrue();
        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.kind()).isEqualTo("ALTERED");
            assertThat(fault.customerId()).isEqualTo(customer);
            assertThat(fault.sequence()).isEqualTo(3L);
        });
    }

    @Test
    void aRowThatMovedToAnotherTransactionIsNamed() {
        keep();
        OwnerDatabase.tamper("update consent_event set tx = tx - 1 where customer_id = '%s'".formatted(customer));
        List<LedgerFault> faults = faults();
        restore();
        assertThat(faults).extracting(LedgerFault::customerId).contains(customer);
    }

    @Test
    void aSealThatWasChangedIsNamed() {
        int number = as(Roles.DPO).get("/api/v1/ledger-seals").path("items[0].number");
        OwnerDatabase.tamper(
                "update consent_seal set sealed_at = sealed_at + interval '1 second' where number = " + number);
        List<LedgerFault> faults = faults();
        OwnerDatabase.tamper(
                "update consent_seal set sealed_at = sealed_at - interval '1 second' where number = " + number);
        assertThat(faults).extracting(LedgerFault::seal).contains(number);
        assertThat(faults()).isEmpty();
    }

    @Test
    void aStateThatDecisionsWouldBeTakenByIsCountedAgainToo() {
        OwnerDatabase.run("update consent_state set state = 'GIVEN' where customer_id = '%s'".formatted(customer));
        var found = verifications.verify(customer).await().indefinitely();
        assertThat(found.faults()).extracting(LedgerFault::kind).contains("STATE_WRONG");
        OwnerDatabase.run("update consent_state set state = 'WITHDRAWN' where customer_id = '%s'".formatted(customer));
    }

    @Test
    void theSealIsAnnouncedSoThatOthersKeepIt() {
        String hash = as(Roles.ANALYST).get("/api/v1/ledger-seals").path("items[0].hash");
        var announced = pool.preparedQuery("select data->>'hash' as hash from feed_event where type = $1")
                .execute(Params.of("ledger.sealed"))
                .map(rows -> Rows.list(rows, row -> row.getString("hash")))
                .await()
                .indefinitely();
        assertThat(announced).contains(hash).doesNotHaveDuplicates();
    }

    private void assertNamed(String kind, int sequence) {
        assertThat(faults()).as("%s %d", kind, sequence).anySatisfy(fault -> {
            assertThat(fault.kind()).isEqualTo(kind);
            assertThat(fault.customerId()).isEqualTo(customer);
            assertThat(fault.sequence()).isEqualTo((long) sequence);
        });
    }

    private List<LedgerFault> faults() {
        String id = as(Roles.DPO)
                .header("Idempotency-Key", Ids.next())
                .post("/api/v1/ledger-verifications")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        verifications.work().await().indefinitely();
        // The job may have been quicker.
        await().until(() ->
                as(Roles.DPO).get("/api/v1/ledger-verifications/{id}", id).path("finishedAt") != null);
        // Those of the access log are another test's doing.
        return verifications.get(UUID.fromString(id)).await().indefinitely().faults().stream()
                .filter(fault -> fault.source() == null)
                .toList();
    }

    private void keep() {
        OwnerDatabase.run(
                "create table if not exists untouched as select * from consent_event where false",
                "insert into untouched select * from consent_event where customer_id = '%s'".formatted(customer));
    }

    private void restore() {
        OwnerDatabase.tamper("delete from consent_event where customer_id = '%s'".formatted(customer));
        OwnerDatabase.tamper(
                "insert into consent_event select * from untouched where customer_id = '%s'".formatted(customer));
        OwnerDatabase.tamper("delete from untouched where customer_id = '%s'".formatted(customer));
    }
}
