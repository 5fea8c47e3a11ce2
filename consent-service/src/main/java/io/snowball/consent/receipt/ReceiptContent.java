package io.snowball.consent.receipt;

import io.snowball.consent.consent.ConsentApi.ConsentView;
import io.snowball.consent.document.PurposeVersions.Described;
import io.snowball.consent.operator.Operator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a receipt says, in the words of each standard. Pure: the same record gives the same bytes. */
final class ReceiptContent {
    private static final String WITHDRAWAL =
            "By the link in every message, by any other message to the controller, or by letter";
    private static final String RETENTION = "For the term of the consent and 3 years after";
    private static final String JURISDICTION = "RU";

    private final ConsentView record;
    private final @Nullable SignedDocument document;
    private final @Nullable Operator operator;
    private final @Nullable Described described;
    private final String publicUrl;

    /** What there was at the time of the record: who the operator was, and what the purpose meant. */
    ReceiptContent(ConsentView record, Surroundings then, String publicUrl) {
        this.record = record;
        this.document = then.document().orElse(null);
        this.operator = then.operator().orElse(null);
        this.described = then.purpose().orElse(null);
        this.publicUrl = publicUrl;
    }

    record Surroundings(Optional<SignedDocument> document, Optional<Operator> operator, Optional<Described> purpose) {}

    /** The words that were agreed to. */
    record SignedDocument(String title, String language, String text, String sha256, String purposeTitle) {}

    /** ISO/IEC TS 27560:2023, as the W3C's guide to it names the fields. */
    Map<String, Object> iso27560() {
        Map<String, Object> purpose = new LinkedHashMap<>();
        purpose.put("purpose", document == null ? record.purpose() : document.purposeTitle());
        purpose.put("purpose_type", record.type().name());
        purpose.put("lawful_basis", "consent, 152-FZ art. 6 p. 1 n. 1");
        purpose.put(
                "pii_information",
                pii().stream().map(type -> Map.of("pii_type", type)).toList());
        purpose.put("pii_controllers", List.of("controller"));
        purpose.put("collection_method", record.evidence().source());
        purpose.put("storage_locations", List.of(operator == null ? JURISDICTION : operator.databaseLocation()));
        purpose.put("retention_period", described == null ? RETENTION : described.term());
        purpose.put("jurisdiction", JURISDICTION);
        purpose.put("recipient_third_parties", recipients());
        purpose.put("withdrawal_method", withdrawal());

        Map<String, Object> processing = new LinkedHashMap<>();
        processing.put("privacy_notice", notice());
        putIfKnown(processing, "language", document == null ? null : document.language());
        processing.put("purposes", List.of(purpose));

        Map<String, Object> party = new LinkedHashMap<>();
        party.put("party_id", "controller");
        party.put("party_type", "pii_controller");
        if (operator != null) {
            party.put("party_name", operator.fullName());
            party.put("party_address", operator.address());
            party.put("party_contact", operator.contacts());
        }

        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event_time", record.at().toString());
        event.put(
                "validity_duration",
                record.validUntil() == null
                        ? "until withdrawn"
                        : Duration.between(record.at(), record.validUntil()).toString());
        event.put("entity_id", record.customerId().toString());
        event.put("event_type", "explicit, " + record.channel().name());
        event.put("event_state", state());

        Map<String, Object> receipt = new LinkedHashMap<>();
        receipt.put("schema_version", "ISO/IEC TS 27560:2023");
        receipt.put("receipt_id", "27560-" + record.recordId());
        receipt.put("receipt_timestamp", record.recordedAt().toString());
        receipt.put("record_id", record.recordId().toString());
        receipt.put("record_reference", "sha-256:" + record.hash());
        receipt.put("pii_principal_id", record.customerId().toString());
        receipt.put("processing", processing);
        receipt.put("parties", List.of(party));
        receipt.put("events", List.of(event));
        return receipt;
    }

    /** Kantara Initiative, Consent Receipt Specification 1.1. */
    Map<String, Object> kantara(String publicKey) {
        Map<String, Object> purpose = new LinkedHashMap<>();
        purpose.put("purpose", document == null ? record.purpose() : document.purposeTitle());
        purpose.put("purposeCategory", List.of(record.type().name()));
        purpose.put("consentType", "EXPLICIT");
        purpose.put("piiCategory", pii());
        purpose.put("primaryPurpose", false);
        purpose.put(
                "termination",
                record.validUntil() == null ? withdrawal() : record.validUntil().toString());
        purpose.put("thirdPartyDisclosure", !recipients().isEmpty());
        if (!recipients().isEmpty()) {
            purpose.put("thirdPartyName", String.join(", ", recipients()));
        }

        Map<String, Object> controller = new LinkedHashMap<>();
        controller.put("piiController", operator == null ? "" : operator.fullName());
        controller.put("onBehalf", false);
        controller.put("contact", operator == null ? "" : operator.responsible());
        controller.put("address", operator == null ? "" : operator.address());
        controller.put("email", operator == null ? "" : operator.email());
        putIfKnown(controller, "phone", operator == null ? null : operator.phone());
        controller.put("piiControllerUrl", publicUrl);

        Map<String, Object> receipt = new LinkedHashMap<>();
        receipt.put("version", "KI-CR-v1.1.0");
        receipt.put("jurisdiction", JURISDICTION);
        receipt.put("consentTimestamp", record.at().getEpochSecond());
        receipt.put("collectionMethod", record.evidence().source());
        receipt.put("consentReceiptID", record.recordId().toString());
        receipt.put("publicKey", publicKey);
        putIfKnown(receipt, "language", document == null ? null : document.language());
        receipt.put("piiPrincipalId", record.customerId().toString());
        receipt.put("piiControllers", List.of(controller));
        receipt.put("policyUrl", notice());
        receipt.put("services", List.of(Map.of("service", record.channel().name(), "purposes", List.of(purpose))));
        receipt.put("sensitive", false);
        receipt.put("spiCat", List.of());
        // Not of the standard: what happened, and where it stands in the ledger.
        receipt.put("x-consentEvent", record.action().name());
        receipt.put("x-recordHash", record.hash());
        return receipt;
    }

    private String notice() {
        return document == null ? publicUrl : "sha-256:" + document.sha256() + " " + document.title();
    }

    private List<String> recipients() {
        return described == null ? List.of() : described.recipients();
    }

    private String withdrawal() {
        return described == null ? WITHDRAWAL : described.withdrawalMethod();
    }

    /** As the purpose lists it, or else what the channel needs. */
    private List<String> pii() {
        return described == null ? List.of(address()) : described.categories();
    }

    private String address() {
        return switch (record.channel()) {
            case EMAIL -> "e-mail address";
            case SMS, CALL, WHATSAPP, VIBER -> "telephone number";
            case PUSH, WEB_PUSH -> "device token";
            case TELEGRAM, VK, MAX -> "account of the messenger";
            case POST -> "postal address";
            case ANY -> "as listed in the document";
        };
    }

    /** Only {@code given} justifies processing: a consent that awaits its confirmation is but requested. */
    private String state() {
        return switch (record.action()) {
            case SHOWN -> "requested";
            case GIVEN -> Boolean.TRUE.equals(record.awaitsConfirmation()) ? "requested" : "given";
            case CONFIRMED -> "given";
            case REFUSED -> "refused";
            case WITHDRAWN -> "withdrawn";
            case EXPIRED -> "expired";
            case SUPERSEDED -> "terminated";
            case INVALIDATED -> "invalidated";
        };
    }

    private static void putIfKnown(Map<String, Object> map, String name, @Nullable String value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}
