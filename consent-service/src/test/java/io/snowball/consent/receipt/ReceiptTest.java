package io.snowball.consent.receipt;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.given;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.unconfirmed;
import static io.snowball.consent.Samples.withdrawnNow;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement r08: a receipt for what was said, in the words of two standards, that anybody can check. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ReceiptTest {
    private final UUID customer = Ids.next();

    @Test
    void r08HasEveryMandatoryFieldOfIso27560() {
        String recordId = record(given(customer, advertisingDocument())).path("recordId");
        receipt(recordId, "ISO_27560")
                .body("receipt.schema_version", equalTo("ISO/IEC TS 27560:2023"))
                .body("receipt.record_id", equalTo(recordId))
                .body("receipt.pii_principal_id", equalTo(customer.toString()))
                .body("receipt.receipt_id", notNullValue())
                .body("receipt.receipt_timestamp", notNullValue())
                .body("receipt.record_reference", startsWith("sha-256:"))
                .body("receipt.processing.privacy_notice", startsWith("sha-256:"))
                .body("receipt.processing.language", equalTo("ru"))
                .body("receipt.processing.purposes[0].purpose", equalTo("Marketing"))
                .body("receipt.processing.purposes[0].pii_information.pii_type", hasItem("адрес электронной почты"))
                .body("receipt.processing.purposes[0].storage_locations", hasSize(1))
                .body("receipt.processing.purposes[0].retention_period", notNullValue())
                .body("receipt.processing.purposes[0].jurisdiction", equalTo("RU"))
                .body("receipt.processing.purposes[0].recipient_third_parties", notNullValue())
                .body("receipt.processing.purposes[0].withdrawal_method", notNullValue())
                .body("receipt.parties[0].party_type", equalTo("pii_controller"))
                .body("receipt.events[0].event_time", equalTo("2026-01-01T10:00:00Z"))
                .body("receipt.events[0].validity_duration", equalTo("until withdrawn"))
                .body("receipt.events[0].entity_id", equalTo(customer.toString()))
                .body("receipt.events[0].event_state", equalTo("given"));
    }

    @Test
    void r08HasTheFieldsOfKantara() {
        String recordId = record(given(customer, advertisingDocument())).path("recordId");
        receipt(recordId, "KANTARA_1_1")
                .body("receipt.version", equalTo("KI-CR-v1.1.0"))
                .body("receipt.jurisdiction", equalTo("RU"))
                .body("receipt.consentTimestamp", equalTo(1767261600))
                .body("receipt.collectionMethod", equalTo("web-form"))
                .body("receipt.consentReceiptID", equalTo(recordId))
                .body("receipt.publicKey", notNullValue())
                .body("receipt.piiPrincipalId", equalTo(customer.toString()))
                .body("receipt.piiControllers[0].onBehalf", equalTo(false))
                .body("receipt.services[0].purposes[0].consentType", equalTo("EXPLICIT"))
                .body("receipt.sensitive", equalTo(false));
    }

    @Test
    void r07OnlyWhatStandsIsCalledGiven() {
        String pending = record(unconfirmed(customer, advertisingDocument())).path("recordId");
        receipt(pending, "ISO_27560").body("receipt.events[0].event_state", equalTo("requested"));
        String withdrawn = record(withdrawnNow(customer)).path("recordId");
        receipt(withdrawn, "ISO_27560").body("receipt.events[0].event_state", equalTo("withdrawn"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO_27560", "KANTARA_1_1"})
    void r08IsOursUntilAByteOfItIsChanged(String format) {
        String recordId = record(given(customer, advertisingDocument())).path("recordId");
        String jws = receipt(recordId, format).extract().path("jws");
        assertThat(receipt(recordId, format).extract().<String>path("jws")).isEqualTo(jws);
        verify(jws).body("valid", equalTo(true)).body("inLedger", equalTo(true)).body("receipt", notNullValue());
        for (int at : new int[] {5, jws.indexOf('.') + 9, jws.lastIndexOf('.') + 3}) {
            char other = jws.charAt(at) == 'A' ? 'B' : 'A';
            verify(jws.substring(0, at) + other + jws.substring(at + 1)).body("valid", equalTo(false));
        }
        verify("nothing.of.ours").body("valid", equalTo(false));
    }

    @Test
    void r08AnybodyChecksItWithThePublicKeysAlone() throws Exception {
        String recordId = record(given(customer, advertisingDocument())).path("recordId");
        String jws = receipt(recordId, "ISO_27560").extract().path("jws");
        String[] parts = jws.split("\\.");
        String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        String kid = header.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
        String x = as(Roles.ANALYST)
                .get("/api/v1/consent-keys")
                .then()
                .statusCode(200)
                .extract()
                .path("keys.find { it.kid == '" + kid + "' }.x");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(key(Base64.getUrlDecoder().decode(x))));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void aReceiptForNothingIsNotMade() {
        as(Roles.DPO).get("/api/v1/consent-receipts/{id}", Ids.next()).then().statusCode(404);
        as(Roles.MARKETER)
                .get("/api/v1/consent-receipts/{id}", Ids.next())
                .then()
                .statusCode(403);
    }

    /** RFC 8032: little-endian, the highest bit is the sign of x. */
    private static EdECPublicKeySpec key(byte[] raw) {
        boolean odd = raw[31] < 0;
        raw[31] &= 0x7f;
        var bytes = new java.util.ArrayList<Byte>();
        for (byte b : raw) {
            bytes.add(b);
        }
        Collections.reverse(bytes);
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = bytes.get(i);
        }
        return new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, bigEndian)));
    }

    private static ValidatableResponse receipt(String recordId, String format) {
        return as(Roles.PARTNER)
                .queryParam("format", format)
                .get("/api/v1/consent-receipts/{id}", recordId)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse verify(String jws) {
        return as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{\"jws\": \"" + jws + "\"}")
                .post("/api/v1/consent-receipts/verifications")
                .then()
                .statusCode(200);
    }
}
