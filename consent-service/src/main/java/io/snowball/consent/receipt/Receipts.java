package io.snowball.consent.receipt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.ConsentApi.ConsentView;
import io.snowball.consent.consent.Consents;
import io.snowball.consent.document.PurposeVersions;
import io.snowball.consent.operator.Operators;
import io.snowball.consent.receipt.ReceiptApi.ConsentReceipt;
import io.snowball.consent.receipt.ReceiptApi.ReceiptFormat;
import io.snowball.consent.receipt.ReceiptApi.ReceiptVerification;
import io.snowball.consent.receipt.ReceiptContent.SignedDocument;
import io.snowball.consent.receipt.ReceiptContent.Surroundings;
import io.snowball.consent.signature.Signer;
import io.snowball.consent.signature.SigningKeys;
import io.snowball.platform.SnowballConfig;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class Receipts {
    /* language=PostgreSQL */
    private static final String DOCUMENT = """
            select d.title, d.language, v.text, encode(v.sha256, 'hex') as sha256, p.title as purpose_title
            from consent_document_version v
              join consent_document d on d.id = v.document_id
              join purpose p on p.code = d.purpose
            where v.document_id = $1 and v.version = $2
            """;

    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};

    private final Pool pool;
    private final Consents consents;
    private final Signer signer;
    private final SigningKeys keys;
    private final Operators operators;
    private final PurposeVersions purposes;
    private final SnowballConfig snowball;
    private final ObjectMapper json;

    Receipts(
            Pool pool,
            Consents consents,
            Signer signer,
            SigningKeys keys,
            Operators operators,
            PurposeVersions purposes,
            SnowballConfig snowball,
            ObjectMapper json) {
        this.pool = pool;
        this.consents = consents;
        this.signer = signer;
        this.keys = keys;
        this.operators = operators;
        this.purposes = purposes;
        this.snowball = snowball;
        this.json = json;
    }

    Uni<ConsentReceipt> receipt(UUID recordId, ReceiptFormat format) {
        return consents.get(recordId, false).chain(record -> receipt(record, format));
    }

    Uni<ConsentReceipt> receipt(ConsentView record, ReceiptFormat format) {
        return surroundings(record).map(then -> receipt(record, then, format));
    }

    /** As it was when the record was made: nothing that came later changes a receipt. */
    private Uni<Surroundings> surroundings(ConsentView record) {
        return document(record)
                .chain(document -> operators
                        .find(pool, Objects.requireNonNullElse(record.operatorSince(), record.at()))
                        .chain(operator -> purposes.at(pool, record.at())
                                .map(described -> described.stream()
                                        .filter(purpose -> purpose.code().equals(record.purpose()))
                                        .findFirst())
                                .map(purpose -> new Surroundings(document, operator, purpose))));
    }

    Uni<ReceiptVerification> verify(String jws) {
        return keys.verified(jws)
                .chain(payload -> payload.map(this::check)
                        .orElseGet(() -> Uni.createFrom().item(new ReceiptVerification(false, false, null))));
    }

    private ConsentReceipt receipt(ConsentView record, Surroundings then, ReceiptFormat format) {
        var content = new ReceiptContent(record, then, snowball.publicUrl());
        Map<String, Object> receipt = switch (format) {
            case ISO_27560 -> content.iso27560();
            case KANTARA_1_1 -> content.kantara(signer.kid());
        };
        return new ConsentReceipt(record.recordId(), format, receipt, signer.sign("consent-receipt", bytes(receipt)));
    }

    private Uni<Optional<SignedDocument>> document(ConsentView record) {
        if (record.document() == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        return pool.preparedQuery(DOCUMENT)
                .execute(Params.of(record.document().id(), record.document().version()))
                .map(rows -> Rows.first(
                        rows,
                        row -> new SignedDocument(
                                row.getString("title"),
                                row.getString("language"),
                                row.getString("text"),
                                row.getString("sha256"),
                                row.getString("purpose_title"))));
    }

    private Uni<ReceiptVerification> check(byte[] payload) {
        Map<String, Object> receipt = read(payload);
        Optional<UUID> recordId = id(receipt.getOrDefault("record_id", receipt.get("consentReceiptID")));
        if (recordId.isEmpty()) {
            // Signed by us, but a seal or a proof.
            return Uni.createFrom().item(new ReceiptVerification(true, false, receipt));
        }
        String hash = String.valueOf(receipt.getOrDefault("record_reference", receipt.get("x-recordHash")))
                .replace("sha-256:", "");
        return consents.find(recordId.get())
                .map(record -> new ReceiptVerification(
                        true, record.filter(found -> found.hash().equals(hash)).isPresent(), receipt));
    }

    private static Optional<UUID> id(@Nullable Object text) {
        try {
            return text == null ? Optional.empty() : Optional.of(UUID.fromString(text.toString()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Map<String, Object> read(byte[] payload) {
        try {
            return json.readValue(payload, JSON_OBJECT);
        } catch (IOException _) {
            return Map.of();
        }
    }

    private byte[] bytes(Map<String, Object> receipt) {
        try {
            return json.writeValueAsBytes(receipt);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
