package io.snowball.customer.calllist;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.PersonalDataRight;
import io.snowball.customer.calllist.CallListApi.CallListEntryPage;
import io.snowball.customer.calllist.CallListApi.CallListPage;
import io.snowball.customer.calllist.CallListApi.CallListView;
import io.snowball.customer.calllist.CallListApi.CallRecord;
import io.snowball.customer.calllist.CallListApi.CreateCallList;
import io.snowball.customer.calllist.CallListApi.RecordCall;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/call-lists")
@Produces("application/json")
@Tag(name = "Call lists")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.SALES})
class CallListResource {
    private final CallLists lists;
    private final Idempotency idempotency;
    private final SecurityIdentity caller;
    private final JsonWebToken token;

    CallListResource(CallLists lists, Idempotency idempotency, SecurityIdentity caller, JsonWebToken token) {
        this.lists = lists;
        this.idempotency = idempotency;
        this.caller = caller;
        this.token = token;
    }

    @POST
    @Accesses(value = AccessAction.CHANGE, purpose = "call-list")
    @Operation(
            operationId = "createCallList",
            summary = "Make a list of customers to call",
            description =
                    "Of a segment as it is now, or of customers named; at most 10000, each once. 503 where segments are away.")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = CallListView.class)))
    public Uni<RestResponse<CallListView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreateCallList body) {
        String by = token.getSubject();
        return lists.members(body)
                .chain(members -> idempotency.once(
                        "createCallList",
                        key,
                        body,
                        CallListView.class,
                        tx -> lists.create(tx, body, members, by)
                                .map(made -> Reply.created(
                                        "/api/v1/call-lists/" + made.list().id(), CallListView.of(made)))));
    }

    @GET
    @Operation(
            operationId = "listCallLists",
            summary = "List call lists, newest first",
            description = "With how many calls came to what.")
    public Uni<CallListPage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return lists.list(cursor, limit).map(CallListPage::of);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getCallList", summary = "Read one call list", description = "Without its entries.")
    public Uni<CallListView> get(@RestPath UUID id) {
        return lists.get(id).map(CallListView::of);
    }

    @GET
    @Path("{id}/entries")
    @Accesses(value = AccessAction.READ, purpose = "call-list")
    @Operation(
            operationId = "listCallListEntries",
            summary = "Whom to call, by which number",
            description =
                    "Consent to a call (CALL, ADVERTISING, the list's purpose) is asked for now: without it there is no number, and 503 "
                            + "while consent-service does not answer. Do not keep the numbers. Masked for a marketer.")
    public Uni<CallListEntryPage> entries(
            @RestPath UUID id,
            @RestQuery
                    @Parameter(description = "Only who was not called yet, did not answer or wants to be called back")
                    @DefaultValue("false")
                    boolean open,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return lists.entries(id, open, !PersonalDataRight.has(caller), cursor, limit)
                .map(page -> new CallListEntryPage(page.items(), page.nextCursor()));
    }

    @POST
    @Path("{id}/entries/{entryId}/results")
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Accesses(value = AccessAction.CHANGE, purpose = "call-list")
    @Operation(
            operationId = "recordCall",
            summary = "Say what came of a call",
            description =
                    "The last word counts; call.recorded follows on the feed. DO_NOT_CALL is for who wants no calls any more: register "
                            + "the stop with consent-service as well, as a contact stop.")
    @APIResponse(
            responseCode = "200",
            description = "Recorded",
            content = @Content(schema = @Schema(implementation = CallRecord.class)))
    public Uni<CallRecord> record(
            @RestPath UUID id,
            @RestPath @Parameter(description = "The entry's id, from the list of entries") UUID entryId,
            @Valid @NotNull RecordCall body) {
        return lists.record(id, entryId, body.result(), token.getSubject());
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Operation(
            operationId = "deleteCallList",
            summary = "Delete a call list",
            description = "With its entries and results.")
    @APIResponse(responseCode = "204", description = "Deleted")
    public Uni<Void> delete(@RestPath UUID id) {
        return lists.delete(id);
    }
}
