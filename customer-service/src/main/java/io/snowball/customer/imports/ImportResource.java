package io.snowball.customer.imports;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.imports.ImportApi.CreateImport;
import io.snowball.customer.imports.ImportApi.ImportErrorPage;
import io.snowball.customer.imports.ImportApi.ImportPreview;
import io.snowball.customer.imports.ImportApi.ImportView;
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
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.InputStream;
import java.util.UUID;
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

@Path("/api/v1/imports")
@Produces("application/json")
@Tag(name = "Imports")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.SALES, Roles.PARTNER})
class ImportResource {
    private static final String CSV =
            "order_id,customer_id,ordered_at,sku,quantity,price\n1001,c-42,2026-11-20T18:30:00+03:00,CD-4711,1,1499.90\n";
    private static final String NDJSON =
            "{\"order_id\":\"1001\",\"customer_id\":\"c-42\",\"ordered_at\":\"2026-11-20T18:30:00+03:00\","
                    + "\"lines\":[{\"sku\":\"CD-4711\",\"quantity\":1,\"price\":1499.90}]}\n";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final Imports imports;
    private final ContentImport contentImport;
    private final PreviewImport previewImport;
    private final Idempotency idempotency;
    private final SecurityIdentity caller;

    ImportResource(
            Imports imports,
            ContentImport contentImport,
            PreviewImport previewImport,
            Idempotency idempotency,
            SecurityIdentity caller) {
        this.imports = imports;
        this.contentImport = contentImport;
        this.previewImport = previewImport;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @Accesses(value = AccessAction.CHANGE, purpose = "import")
    @Operation(
            operationId = "createImport",
            summary = "Announce a file",
            description =
                    "Say what it is, then send its content to the import's path with /content. CUSTOMERS are for admin, sales "
                            + "and partner, ORDERS for admin and marketer; 403 otherwise.")
    @APIResponse(
            responseCode = "201",
            description = "Announced",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    public Uni<RestResponse<ImportView>> create(
            @RestHeader("Idempotency-Key")
                    @Parameter(
                            description = "A new UUID for a new import, the same one when you repeat the request",
                            required = true)
                    @Nullable
                    UUID key,
            @Valid @NotNull CreateImport body) {
        body.kind().allowOnly(caller);
        return idempotency.once(
                "createImport",
                Idempotency.required(key),
                body,
                ImportView.class,
                tx -> imports.create(tx, body).map(view -> Reply.created("/api/v1/imports/" + view.id(), view)));
    }

    @PUT
    @Path("{id}/content")
    @Consumes({"text/csv", "application/x-ndjson", XLSX})
    @RunOnVirtualThread
    @Accesses(value = AccessAction.CHANGE, purpose = "import")
    @Operation(
            operationId = "sendImportContent",
            summary = "Send the file",
            description =
                    "CSV with a header, in UTF-8 or windows-1251, NDJSON, up to 4 GB, read as it comes, or the first sheet of an XLSX "
                            + "workbook, up to 50 MB. Answers when all is stored. "
                            + "Columns of CUSTOMERS: external_id, email, phone, first_name, last_name, sex, birthday, time_zone, language, "
                            + "source, registered_at, time_zone_source, children_birthdays and social_accounts (several parted by |), country, "
                            + "region, city, street, postal_code, utm_source, utm_medium, utm_campaign, utm_term, utm_content, device_type, "
                            + "browser, os, preferred_channel, and attribute.NAME of each attribute that is declared. Of the address, the utm "
                            + "marks and the device a record tells all or nothing. Of ORDERS, a row being a line and neighbours with one order_id one order: order_id, "
                            + "customer_id (the shop's), ordered_at, status, channel, amount, shop, payment_method, sku, quantity, price, discount. NDJSON has "
                            + "the same names, orders their lines in an array called lines. Bad lines are reported, good ones kept. "
                            + "Broken off? Send the whole file again: what is stored does no harm. 409 while it runs, "
                            + "429 with Retry-After while several others do.")
    @APIResponse(
            responseCode = "200",
            description = "Read to the end",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    public ImportView send(
            @RestPath UUID id,
            @RestHeader("Content-Type") @Parameter(hidden = true) String mediaType,
            @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "text/csv",
                                        schema = @Schema(type = SchemaType.STRING, examples = CSV)),
                                @Content(
                                        mediaType = "application/x-ndjson",
                                        schema = @Schema(type = SchemaType.STRING, examples = NDJSON)),
                                @Content(
                                        mediaType = XLSX,
                                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
                            })
                    InputStream content) {
        ImportView announced = contentImport.announced(id);
        announced.kind().allowOnly(caller);
        return contentImport.run(announced, mediaType, content);
    }

    @POST
    @Path("{id}/previews")
    @Consumes({"text/csv", XLSX})
    @RunOnVirtualThread
    @Accesses(value = AccessAction.READ, purpose = "import")
    @Operation(
            operationId = "previewImport",
            summary = "See how a file is read",
            description =
                    "Send the beginning of a CSV file, or a workbook, up to 10 MB. Answers the delimiter, the encoding, which "
                            + "column is read as what, what is missing, and the first 20 rows. Nothing is stored.")
    @APIResponse(
            responseCode = "200",
            description = "How it is read",
            content = @Content(schema = @Schema(implementation = ImportPreview.class)))
    public ImportPreview preview(
            @RestPath UUID id,
            @RestHeader("Content-Type") @Parameter(hidden = true) String mediaType,
            @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "text/csv",
                                        schema = @Schema(type = SchemaType.STRING, examples = CSV)),
                                @Content(
                                        mediaType = XLSX,
                                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
                            })
                    InputStream content) {
        contentImport.announced(id).kind().allowOnly(caller);
        return previewImport.run(id, mediaType, content);
    }

    @GET
    @Path("{id}/error-file")
    @Produces("text/csv;charset=UTF-8")
    @Accesses(value = AccessAction.EXPORT, purpose = "import")
    @Operation(
            operationId = "downloadImportErrors",
            summary = "Download what was wrong in the file",
            description = "CSV with semicolons: line, field, reason; never a value. The first 10000 are kept.")
    @APIResponse(
            responseCode = "200",
            description = "By line",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    public Uni<RestResponse<String>> errorFile(@RestPath UUID id) {
        return imports.errorFile(id)
                .map(csv -> RestResponse.ResponseBuilder.ok(csv)
                        .header("Content-Disposition", "attachment; filename=\"errors.csv\"")
                        .build());
    }

    @GET
    @Path("{id}")
    @Operation(
            operationId = "getImport",
            summary = "Look how far an import is",
            description = "Also while it runs: the counts grow with every chunk that is stored.")
    public Uni<ImportView> get(@RestPath UUID id) {
        return imports.get(id);
    }

    @GET
    @Path("{id}/errors")
    @Accesses(value = AccessAction.READ, purpose = "import")
    @Operation(
            operationId = "listImportErrors",
            summary = "List what was wrong in the file",
            description = "By line; the first 10000 are kept. Columns and reasons, never values.")
    public Uni<ImportErrorPage> errors(
            @RestPath UUID id,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return imports.errors(id, cursor, limit).map(page -> new ImportErrorPage(page.items(), page.nextCursor()));
    }
}
