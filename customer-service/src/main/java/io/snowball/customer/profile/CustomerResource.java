package io.snowball.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.profile.CustomerApi.CustomerPage;
import io.snowball.customer.profile.CustomerApi.CustomerReference;
import io.snowball.customer.profile.CustomerApi.CustomerView;
import io.snowball.customer.profile.CustomerDataApi.CustomerData;
import io.snowball.customer.profile.CustomerOutcome.Status;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.security.Roles;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/customers")
@Produces("application/json")
@Tag(name = "Customers")
class CustomerResource {
    private static final Pattern VERSION = Pattern.compile("\"?(\\d{1,9})\"?");

    private final Customers customers;
    private final People people;
    private final Idempotency idempotency;
    private final Pool pool;
    private final Attributes attributes;
    private final CustomerPatches patches;
    private final SecurityIdentity caller;
    private final JsonWebToken token;
    private final Clock clock;

    CustomerResource(
            Customers customers,
            People people,
            Idempotency idempotency,
            Pool pool,
            Attributes attributes,
            CustomerPatches patches,
            SecurityIdentity caller,
            JsonWebToken token,
            Clock clock) {
        this.customers = customers;
        this.people = people;
        this.idempotency = idempotency;
        this.pool = pool;
        this.attributes = attributes;
        this.patches = patches;
        this.caller = caller;
        this.token = token;
        this.clock = clock;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    @Accesses(value = AccessAction.CHANGE, purpose = "customer-record")
    @Operation(
            operationId = "createCustomer",
            summary = "Tell of a customer",
            description = "A known externalId updates that customer: what you leave out stays as it was. "
                    + "An e-mail address or externalId that belongs to another customer is refused with 409. A phone number may be a "
                    + "family's: both keep it, and the pair goes on the list of merge candidates.")
    @APIResponse(
            responseCode = "201",
            description = "A new customer",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = CustomerReference.class)))
    @APIResponse(
            responseCode = "200",
            description = "A known customer, now up to date",
            content = @Content(schema = @Schema(implementation = CustomerReference.class)))
    public Uni<RestResponse<CustomerReference>> create(
            @RestHeader("Idempotency-Key")
                    @Parameter(description = "A new UUID for a new request, the same one when you repeat it")
                    @Nullable
                    UUID key,
            @NotNull CustomerData body) {
        CustomerDraft draft = body.toDraft(today());
        String by = token.getSubject();
        return idempotency.once(
                "createCustomer",
                key,
                body,
                CustomerReference.class,
                tx -> attributes
                        .checked(tx, draft, body.attributes())
                        .chain(checked -> customers.tell(tx, checked, by))
                        .map(CustomerResource::reply));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SALES})
    @Accesses(value = AccessAction.CHANGE, purpose = "customer-record", subject = "id")
    @Operation(
            operationId = "replaceCustomer",
            summary = "Replace what is known of a customer",
            description =
                    "What you leave out is forgotten, except registeredAt. Refused with 412 where somebody changed the "
                            + "customer since you read it.")
    @APIResponse(
            responseCode = "200",
            description = "Replaced",
            content = @Content(schema = @Schema(implementation = CustomerReference.class)))
    public Uni<CustomerReference> replace(
            @RestPath UUID id,
            @RestHeader("If-Match")
                    @Parameter(description = "The version that you read", example = "\"3\"", required = true)
                    @Nullable
                    String version,
            @NotNull CustomerData body) {
        int expected = version(version);
        CustomerDraft draft = body.toDraft(today());
        String by = token.getSubject();
        return pool.withTransaction(tx -> attributes
                        .checked(tx, draft, body.attributes())
                        .chain(checked -> customers.replace(tx, id, expected, checked, by)))
                .map(CustomerReference::of);
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.SALES, Roles.PARTNER})
    @Accesses(value = AccessAction.CHANGE, purpose = "customer-record", subject = "id")
    @Operation(
            operationId = "patchCustomer",
            summary = "Change some of what is known of a customer",
            description =
                    "JSON Merge Patch (RFC 7396): what you send replaces what is stored, null forgets it, what you leave out stays. "
                            + "With If-Match refused with 412 where somebody changed the customer since you read it.")
    @APIResponse(
            responseCode = "200",
            description = "Changed, or the same as before",
            content = @Content(schema = @Schema(implementation = CustomerReference.class)))
    public Uni<CustomerReference> patch(
            @RestPath UUID id,
            @RestHeader("If-Match") @Parameter(description = "The version that you read", example = "\"3\"") @Nullable
                    String version,
            @NotNull
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = CustomerData.class)))
                    JsonNode body) {
        Integer expected = version == null ? null : version(version);
        String by = token.getSubject();
        return pool.withTransaction(tx -> customers.change(tx, id, expected, state -> patched(tx, state, body), by))
                .map(CustomerReference::of);
    }

    private Uni<CustomerDraft> patched(SqlClient client, CustomerState state, JsonNode patch) {
        CustomerData data = patches.apply(state, patch);
        return attributes.checked(client, data.toDraft(today()), data.attributes());
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "customer-care")
    @Operation(
            operationId = "listCustomers",
            summary = "List customers, newest first",
            description = "Keyset-paged: pass nextCursor of a page as cursor to get the next one.")
    public Uni<CustomerPage> list(
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        Masking masking = Masking.towards(caller);
        return customers.list(cursor, limit).map(page -> CustomerPage.of(page, masking));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.DPO, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "customer-care", subject = "id")
    @Operation(
            operationId = "getCustomer",
            summary = "Read one customer",
            description =
                    "ETag is the version; send it as If-Match when you replace the customer. The id of a customer who was "
                            + "merged answers 308 with the Location of the one who stayed.")
    @APIResponse(
            responseCode = "200",
            description = "The customer",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(
            responseCode = "308",
            description = "Merged into the customer at Location",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<CustomerView>> get(@RestPath UUID id) {
        Masking masking = Masking.towards(caller);
        return customers
                .get(id)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(answer(found.get(), masking))
                        : people.existing(pool, id).map(CustomerResource::redirect));
    }

    private static RestResponse<CustomerView> answer(CustomerState state, Masking masking) {
        return RestResponse.ResponseBuilder.ok(CustomerView.of(state, masking))
                .header("ETag", '"' + String.valueOf(state.version()) + '"')
                .build();
    }

    private static RestResponse<CustomerView> redirect(UUID current) {
        return RestResponse.ResponseBuilder.<CustomerView>create(308)
                .header("Location", "/api/v1/customers/" + current)
                .build();
    }

    private static Reply<CustomerReference> reply(CustomerOutcome outcome) {
        CustomerReference reference = CustomerReference.of(outcome);
        return outcome.status() == Status.ACCEPTED
                ? Reply.created("/api/v1/customers/" + outcome.id(), reference)
                : Reply.ok(reference);
    }

    private static int version(@Nullable String ifMatch) {
        Matcher version = VERSION.matcher(ifMatch == null ? "" : ifMatch.strip());
        if (!version.matches()) {
            throw ProblemException.invalidField(
                    "If-Match", "required", "Send the header If-Match with the version that you read, such as \"3\"");
        }
        return Integer.parseInt(version.group(1));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
    }
}
