package io.snowball.consent.seal;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.decide;
import static io.snowball.consent.Samples.given;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.withdrawnNow;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.consent.OwnerDatabase;
import io.snowball.consent.consent.LedgerPurge;
import io.snowball.consent.consent.MergedConsents;
import io.snowball.consent.seal.SealApi.LedgerFault;
import io.snowball.consent.signature.Signer;
import io.snowball.consent.signature.SigningKeys;
import io.snowball.platform.db.Params;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requirement r31: events of the ledger leave three years after their consent ended, and whoever counts again finds nothing wrong. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LedgerPurgeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final UUID again = Ids.next();
    private final UUID gone = Ids.next();
    private final UUID erased = Ids.next();
    private final UUID inForce = Ids.next();

    @TempDir
    Path folder;

    @Inject
    Pool pool;

    @Inject
    SealSql sql;

    @Inject
    Signer signer;

    @Inject
    SigningKeys keys;

    @Inject
    Outbox outbox;

    @Inject
    LedgerPurge purge;

    @Inject
    MergedConsents consents;

    @Inject
    Seals seals;

    @Inject
    Verifications verifications;

    /** Sealed as if four years ago: the seal's time is what counts, for nobody can write an event into the past of a seal. */
    @BeforeEach
    void whatHappenedFourYearsAgo() {
        String document = advertisingDocument();
        for (UUID customer : List.of(again, gone, erased, inForce)) {
            record(given(customer, document)).then().statusCode(201);
        }
        record(withdrawnNow(again)).then().statusCode(201);
        record(withdrawnNow(gone)).then().statusCode(201);
        pool.withTransaction(tx -> consents.erase(tx, erased)).await().indefinitely();
        Clock then = Clock.fixed(Instant.now().minus(Duration.ofDays(4 * 366)), java.time.ZoneOffset.UTC);
        seal(new Seals(pool, sql, signer, keys, outbox, then));
        record(givenNow(again, document)).then().statusCode(201);
        seal(seals);
        purge.keepHouse().await().indefinitely();
    }

    private void seal(Seals by) {
        await().atMost(PATIENCE).until(() -> {
            by.sealAll().await().indefinitely();
            return count("""
                    select count(*) from consent_event
                    where customer_id = any($1) and tx >= (select coalesce(max(to_tx), 0) from consent_seal)""") == 0;
        });
    }

    @Test
    void r31EventsLeaveAndTheRestStillVerifies() throws Exception {
        assertThat(sequences(again)).containsExactly(3);
        assertThat(sequences(gone)).containsExactly(2);
        assertThat(sequences(erased)).isEmpty();
        assertThat(sequences(inForce)).containsExactly(1);
        assertThat(faults()).isEmpty();
        as(Roles.DPO)
                .get("/api/v1/ledger-verifications/customers/{id}", again)
                .then()
                .body("intact", equalTo(true))
                .body("events", equalTo(1));
        // What was decided by them is decided as before.
        decide("ADVERTISING", again, gone, inForce)
                .then()
                .body("decisions.find { it.customerId == '%s' }.allowed".formatted(again), equalTo(true))
                .body("decisions.find { it.customerId == '%s' }.allowed".formatted(gone), equalTo(false))
                .body("decisions.find { it.customerId == '%s' }.reason".formatted(gone), equalTo("WITHDRAWN"))
                .body("decisions.find { it.customerId == '%s' }.allowed".formatted(inForce), equalTo(true));
        as(Roles.DPO)
                .get("/api/v1/retention-purges?limit=200")
                .then()
                .statusCode(200)
                .body("items.what", hasItem("CONSENT_EVENTS"));
        // A chain goes on where it was.
        record(withdrawnNow(again)).then().statusCode(201);
        assertThat(sequences(again)).containsExactly(3, 4);
        assertThat(faults()).isEmpty();
        purge.keepHouse().await().indefinitely();
        assertThat(sequences(again)).containsExactly(3, 4);
        assertThat(verifiesOffline(again)).isTrue();
    }

    @Test
    void r31AndNobodyHidesADeletionBehindAPurge() {
        UUID forged = Ids.next();
        OwnerDatabase.tamper("create table if not exists untouched_event as select * from consent_event where false");
        OwnerDatabase.tamper(
                "insert into untouched_event select * from consent_event where customer_id = '%s'".formatted(inForce));
        OwnerDatabase.run(
                "insert into consent_purge select '%s', until, 1, purged_at, signature from consent_purge limit 1"
                        .formatted(forged),
                """
                insert into consent_event_purged
                select customer_id, sequence, tx, hash, '%s' from consent_event where customer_id = '%s'
                """.formatted(forged, inForce));
        OwnerDatabase.tamper("delete from consent_event where customer_id = '%s'".formatted(inForce));
        List<LedgerFault> faults = faults();
        OwnerDatabase.tamper("insert into consent_event select * from untouched_event");
        OwnerDatabase.tamper("delete from untouched_event");
        OwnerDatabase.tamper("delete from consent_event_purged where purge_id = '%s'".formatted(forged));
        OwnerDatabase.tamper("delete from consent_purge where id = '%s'".formatted(forged));
        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.kind()).isEqualTo("REMOVED");
            assertThat(fault.customerId()).isEqualTo(inForce);
            assertThat(fault.sequence()).isEqualTo(1L);
        });
        // And a record of a purge that is gone, or says something else, explains nothing.
        OwnerDatabase.tamper("update consent_event_purged set hash = set_bit(hash, 9, 1 - get_bit(hash, 9)) "
                + "where customer_id = '%s'".formatted(gone));
        faults = faults();
        OwnerDatabase.tamper("update consent_event_purged set hash = set_bit(hash, 9, 1 - get_bit(hash, 9)) "
                + "where customer_id = '%s'".formatted(gone));
        assertThat(faults).extracting(LedgerFault::customerId).contains(gone);
        assertThat(faults()).isEmpty();
    }

    @Test
    void r31NeverBeforeAYearAndOnlyWhatIsSealed() {
        assertThatThrownBy(() -> purge(Duration.ofDays(300), inForce)).hasMessageContaining("for a year at least");
        UUID young = Ids.next();
        record(givenNow(young, advertisingDocument())).then().statusCode(201);
        assertThatThrownBy(() -> purge(Duration.ofDays(400), young)).hasMessageContaining("not sealed for long enough");
        assertThatThrownBy(() -> pool.preparedQuery("delete from consent_event where customer_id = $1")
                        .execute(Params.of(young))
                        .await()
                        .indefinitely())
                .isNotNull();
        assertThat(sequences(young)).containsExactly(1);
    }

    private void purge(Duration age, UUID customer) {
        pool.query(
                        "select purge_consent_event(gen_random_uuid(), now() - interval '%d days', now(), 'x', array['%s'::uuid], array[1])"
                                .formatted(age.toDays(), customer))
                .execute()
                .await()
                .indefinitely();
    }

    private boolean verifiesOffline(UUID customer) throws IOException, InterruptedException {
        byte[] zip = as(Roles.DPO)
                .get("/api/v1/consent-proofs/" + customer + "?channel=EMAIL")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        Path program = folder.resolve("VerifyProof.java");
        boolean saysWhatLeft = false;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals("VerifyProof.java")) {
                    Files.write(program, in.readAllBytes());
                }
                saysWhatLeft |= entry.getName().equals("events/00001.gone");
            }
        }
        Path file = Files.write(folder.resolve("proof.zip"), zip);
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        program.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start()
                .waitFor();
        return saysWhatLeft && exit == 0;
    }

    private List<Integer> sequences(UUID customer) {
        return io.snowball.platform.db.Rows.list(
                pool.preparedQuery("select sequence from consent_event where customer_id = $1 order by sequence")
                        .execute(Params.of(customer))
                        .await()
                        .indefinitely(),
                row -> row.getInteger("sequence"));
    }

    private long count(String query) {
        return pool.preparedQuery(query)
                .execute(Params.of((Object) new UUID[] {again, gone, erased, inForce}))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
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
        await().until(() ->
                as(Roles.DPO).get("/api/v1/ledger-verifications/{id}", id).path("finishedAt") != null);
        return verifications.get(UUID.fromString(id)).await().indefinitely().faults().stream()
                .filter(fault -> fault.source() == null)
                .toList();
    }
}
