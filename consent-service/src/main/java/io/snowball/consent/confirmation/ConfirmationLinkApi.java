package io.snowball.consent.confirmation;

import io.snowball.consent.document.PurposeApi;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The wire types of the links that are sent to confirm a consent. */
final class ConfirmationLinkApi {
    private ConfirmationLinkApi() {}

    record AskConfirmationLinks(
            @NotNull @Size(min = 1, max = 500) List<@NotNull @Valid Addressed> items) {}

    /** A message that is about to go out. */
    @Schema(name = "AddressedConsent")
    record Addressed(
            @Schema(description = "The record of the consent, as consent.changed named it") @NotNull
            UUID recordId,

            @Schema(examples = "anna@example.ru", description = "To whom the message would go; it is not kept")
            @NotNull
            @Size(min = 3, max = 254)
            @Pattern(regexp = PurposeApi.NO_NUL)
            String address) {

        @Override
        public String toString() {
            return "Addressed[" + recordId + "]";
        }
    }

    record ConfirmationLinkList(@NotNull List<ConfirmationLinkView> items) {}

    @Schema(name = "ConfirmationLink")
    record ConfirmationLinkView(
            @NotNull UUID recordId,

            @Schema(
                    examples = "http://localhost:8080/y/AZqw",
                    description = "For the owner of the address and nobody else")
            @NotNull
            String link) {}
}
