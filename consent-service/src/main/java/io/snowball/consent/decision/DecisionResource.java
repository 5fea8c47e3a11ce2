package io.snowball.consent.decision;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.decision.DecisionApi.AskDecisions;
import io.snowball.consent.decision.DecisionApi.DecisionView;
import io.snowball.consent.decision.DecisionApi.DecisionsView;
import io.snowball.consent.document.PurposeApi;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/consent-decisions")
@Produces("application/json")
@Tag(name = "Consent decisions", description = "Whether messages may go out, asked just before they do")
class DecisionResource {
    private final Decisions decisions;
    private final AccessNotes notes;

    DecisionResource(Decisions decisions, AccessNotes notes) {
        this.notes = notes;
        this.decisions = decisions;
    }

    @POST
    @RolesAllowed({Roles.SERVICE, Roles.ADMIN, Roles.DPO, Roles.MARKETER})
    @Accesses(value = AccessAction.DECISION, purpose = "hand-over")
    @Operation(
            operationId = "decideConsents",
            summary = "May these customers be written to?",
            description =
                    "Up to 1,000 customers at once, answered in the order asked. What counts: the rules of the channel, the stop-lists, and for advertising a consent that stands and is confirmed. Creates nothing; a POST because the question is long.")
    public Uni<DecisionsView> decide(@Valid @NotNull AskDecisions body) {
        return decisions.decide(body).invoke(answer -> note(body, answer));
    }

    @GET
    @RolesAllowed({Roles.SERVICE, Roles.ADMIN, Roles.DPO, Roles.MARKETER})
    @Accesses(value = AccessAction.DECISION, purpose = "hand-over")
    @Operation(
            operationId = "decideConsent",
            summary = "May this customer be written to?",
            description = "One customer, by the same rules.")
    public Uni<DecisionsView> decideOne(
            @RestQuery @NotNull UUID customerId,
            @RestQuery @NotNull @Pattern(regexp = PurposeApi.CODE) String purpose,
            @RestQuery @NotNull Channel channel,
            @RestQuery @Nullable String messageClass) {
        AskDecisions one = new AskDecisions(purpose, channel, messageClass, List.of(customerId), null);
        return decisions.decide(one).invoke(answer -> note(one, answer));
    }

    /** The summary of a batch in the access log; the decisions themselves lie with the messages. */
    private void note(AskDecisions asked, DecisionsView answer) {
        long allowed = answer.decisions().stream().filter(DecisionView::allowed).count();
        notes.details("purpose=%s channel=%s class=%s allowed=%d denied=%d"
                .formatted(
                        asked.purpose(),
                        asked.channel(),
                        MessageClass.of(asked.messageClass()),
                        allowed,
                        answer.decisions().size() - allowed));
    }
}
