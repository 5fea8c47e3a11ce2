package io.snowball.consent.preference;

import io.snowball.consent.consent.Channel;
import io.snowball.consent.unsubscribe.PreferenceLink;
import io.snowball.platform.SnowballConfig;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import io.snowball.platform.security.SignedLinks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/preference-links")
@Produces("application/json")
@Tag(name = "Preference centre")
class PreferenceLinkResource {
    private final SignedLinks links;
    private final String publicUrl;
    private final AccessNotes notes;

    PreferenceLinkResource(SignedLinks links, SnowballConfig config, AccessNotes notes) {
        this.notes = notes;
        this.links = links;
        this.publicUrl = config.publicUrl();
    }

    record AskPreferenceLink(
            @NotNull UUID customerId,

            @Schema(
                    examples = "EMAIL",
                    description = "Over what you will send it: a tick for this channel then needs no confirmation")
            @NotNull
            Channel channel) {}

    record PreferenceLinkView(
            @Schema(examples = "https://romashka.example/p/AZ…") @NotNull
            String url) {}

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.DPO, Roles.SALES, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "preference-link")
    @Operation(
            operationId = "makePreferenceLink",
            summary = "The link to a person's preference centre",
            description =
                    "Creates nothing: the link is signed. Whoever has it speaks for the person, so send it to them only.")
    public PreferenceLinkView make(@Valid @NotNull AskPreferenceLink body) {
        notes.customer(body.customerId());
        byte[] payload = new PreferenceLink(body.customerId(), body.channel()).payload();
        return new PreferenceLinkView(publicUrl + "/p/" + links.sign(PreferenceLink.USE, payload));
    }
}
