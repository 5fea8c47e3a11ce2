package io.snowball.consent.number;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.number.NumberSigns.Sign;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/number-signs")
@Tag(name = "Stop-lists")
class NumberSignResource {
    private final NumberSigns signs;
    private final AccessNotes notes;

    NumberSignResource(NumberSigns signs, AccessNotes notes) {
        this.signs = signs;
        this.notes = notes;
    }

    record NumberSign(
            @NotNull UUID customerId,

            @Schema(examples = "2026-11-20T10:00:00Z") @NotNull
            Instant at) {}

    record NoteNumberSigns(
            @NotNull @Size(min = 1, max = 1000) List<@Valid @NotNull NumberSign> signs) {}

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "number-sign")
    @Operation(operationId = "noteNumberSigns", summary = "People were heard of on their numbers", description = """
                    A message arrived, a call was answered, a code that was sent to the number came back. The latest counts, and \
                    repeating it does no harm. Calls of our own call lists are noted by themselves. Where CONSENT_NUMBER_SILENCE is \
                    set, consents to advertising by number end when nothing was heard of it for so long.""")
    @APIResponse(responseCode = "204", description = "Noted")
    public Uni<Void> note(@Valid @NotNull NoteNumberSigns body) {
        notes.customers(body.signs().stream().map(NumberSign::customerId).toList());
        return signs.note(body.signs().stream()
                .map(sign -> new Sign(sign.customerId(), sign.at()))
                .toList());
    }
}
