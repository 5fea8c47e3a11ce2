package io.snowball.segmentation.recommendation;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.Revision;
import io.snowball.segmentation.recommendation.RecommendationApi.CustomerRecommendations;
import io.snowball.segmentation.recommendation.RecommendationApi.ProductRelations;
import io.snowball.segmentation.recommendation.RecommendationApi.RecommendToMany;
import io.snowball.segmentation.recommendation.RecommendationApi.RecommendationBatch;
import io.snowball.segmentation.recommendation.RecommendationApi.SegmentRecommendations;
import io.snowball.segmentation.recommendation.RecommendationApi.SettingsBody;
import io.snowball.segmentation.recommendation.RecommendationSettings.Versioned;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Recommendations")
class RecommendationResource {
    private final Recommendations recommendations;

    RecommendationResource(Recommendations recommendations) {
        this.recommendations = recommendations;
    }

    @GET
    @Path("recommendations/{customerId}")
    @Accesses(value = AccessAction.READ, purpose = "analysis")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.SERVICE})
    @Operation(
            operationId = "getRecommendations",
            summary = "Which products to offer to a customer",
            description =
                    "From past purchases (H6): due again, bought together, next category. Left out (G4): what was bought lately and is "
                            + "not due, what the customer sent back, inactive products, excluded categories and products. By the orders of "
                            + "this moment; relations between products are computed once a day. Empty for who never bought.")
    public Uni<CustomerRecommendations> one(
            @RestPath UUID customerId,
            @RestQuery
                    @DefaultValue("10")
                    @Min(1)
                    @Max(20)
                    @Parameter(description = "So many products for a customer at most")
                    int products) {
        return recommendations.of(customerId, products);
    }

    @POST
    @Path("recommendations")
    @Accesses(value = AccessAction.READ, purpose = "analysis")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SERVICE})
    @Operation(
            operationId = "recommendToMany",
            summary = "Which products to offer to each of up to 1000 customers",
            description = "As getRecommendations, for the batch that is about to be rendered. Changes nothing.")
    public Uni<RecommendationBatch> many(@Valid @NotNull RecommendToMany body) {
        return recommendations
                .of(body.customerIds(), Objects.requireNonNullElse(body.products(), 5))
                .map(RecommendationBatch::new);
    }

    @GET
    @Path("recommendations")
    @Accesses(value = AccessAction.READ, purpose = "analysis")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SERVICE})
    @Operation(
            operationId = "listSegmentRecommendations",
            summary = "Which products to offer to each customer of a segment",
            description = "As getRecommendations, in pages of customers in id order.")
    public Uni<SegmentRecommendations> ofSegment(
            @RestQuery @NotNull UUID segmentId,
            @RestQuery @Nullable @Parameter(description = "nextAfter of the previous page") UUID after,
            @RestQuery @DefaultValue("200") @Min(1) @Max(1000) int limit,
            @RestQuery
                    @DefaultValue("5")
                    @Min(1)
                    @Max(20)
                    @Parameter(description = "So many products for a customer at most")
                    int products) {
        return recommendations.ofSegment(segmentId, after, limit, products);
    }

    @GET
    @Path("product-relations")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SERVICE})
    @Operation(
            operationId = "getProductRelations",
            summary = "What goes with a product, what comes after it, how soon it is bought again",
            description =
                    "Confidence and lift of association rules (R. Agrawal, T. Imielinski, A. Swami, SIGMOD 1993) with at least supportMin "
                            + "orders; the median interval between purchases; the next new category of its customers.")
    public Uni<ProductRelations> relations(
            @RestQuery @NotNull @Size(min = 1, max = 200) @Parameter(example = "SHOE-42") String sku,
            @RestQuery @DefaultValue("10") @Min(1) @Max(50) int limit) {
        return recommendations.relations(sku, limit);
    }

    @GET
    @Path("recommendation-settings")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getRecommendationSettings",
            summary = "Read what is offered and what is not",
            description = "ETag carries the version that updateRecommendationSettings wants in If-Match.")
    @APIResponseSchema(SettingsBody.class)
    public Uni<RestResponse<SettingsBody>> settings() {
        return recommendations.settings().map(RecommendationResource::tagged);
    }

    @PUT
    @Path("recommendation-settings")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER})
    @Operation(
            operationId = "updateRecommendationSettings",
            summary = "Replace what is offered and what is not",
            description = "Heeded at once; windowDays and supportMin with the next computation, within a day.")
    @APIResponseSchema(SettingsBody.class)
    public Uni<RestResponse<SettingsBody>> replace(
            @RestHeader("If-Match") @Nullable String ifMatch, @Valid @NotNull SettingsBody body) {
        return recommendations
                .replace(body.toSettings(), Revision.required(ifMatch))
                .map(RecommendationResource::tagged);
    }

    private static RestResponse<SettingsBody> tagged(Versioned current) {
        return Revision.tagged(SettingsBody.of(current), current.version());
    }
}
