package io.snowball.consent.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that nobody searches by (requirements r02, r05, r06). It is kept as JSON text and sealed as that text, so that a field
 * more some day changes no old seal.
 *
 * @param confirmation how the person was shown to be the owner of the address
 * @param formSha256 of the form's page as it was shown
 * @param checkboxLabel the words beside the box
 * @param checkboxPosition where in the form the box stood
 * @param timeZone the person's, as the form knew it
 * @param carriedFrom the record that says so of another customer, who is or was thought to be the same person
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder(alphabetic = true)
record EvidenceDetails(
        @Nullable Confirmation confirmation,
        @Nullable String formUrl,
        @Nullable String formSha256,
        @Nullable String checkboxLabel,
        @Nullable String checkboxPosition,
        @Nullable String sessionId,
        @Nullable String timeZone,
        @Nullable UUID carriedFrom) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final EvidenceDetails NONE = new EvidenceDetails(null, null, null, null, null, null, null, null);

    /** @param at RFC 3339 in UTC */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder(alphabetic = true)
    record Confirmation(
            ConfirmationMethod method,
            @Nullable String at,
            @Nullable String reference) {}

    static EvidenceDetails confirmed(ConfirmationMethod method) {
        return new EvidenceDetails(new Confirmation(method, null, null), null, null, null, null, null, null, null);
    }

    static EvidenceDetails carriedFrom(UUID recordId) {
        return new EvidenceDetails(null, null, null, null, null, null, null, recordId);
    }

    static EvidenceDetails read(@Nullable String text) {
        try {
            return text == null ? NONE : JSON.readValue(text, EvidenceDetails.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("The details of an event are not what was written", failure);
        }
    }

    @Nullable
    String text() {
        try {
            return equals(NONE) ? null : JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record of texts is always JSON", impossible);
        }
    }
}
