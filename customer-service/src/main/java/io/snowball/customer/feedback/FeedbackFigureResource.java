package io.snowball.customer.feedback;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.feedback.FigureApi.AdvocatePage;
import io.snowball.customer.feedback.FigureApi.AdvocateView;
import io.snowball.customer.feedback.FigureApi.FeedbackFigures;
import io.snowball.customer.feedback.FigureApi.PromoterPage;
import io.snowball.customer.feedback.FigureApi.PromoterView;
import io.snowball.customer.feedback.FigureSql.Dimension;
import io.snowball.customer.feedback.FigureSql.Filter;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1")
@Produces("application/json")
@Tag(name = "Feedback")
@RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SERVICE})
class FeedbackFigureResource {
    private final Figures figures;

    FeedbackFigureResource(Figures figures) {
        this.figures = figures;
    }

    @GET
    @Path("feedback-figures")
    @Operation(
            operationId = "getFeedbackFigures",
            summary = "Read NPS, CSAT, CES or CLI of a period",
            description =
                    "With the number of answers, a 95 % confidence interval whose method is named, and the period before, as long. A customer "
                            + "who answered several times counts once, with the last word.")
    public Uni<FeedbackFigures> figures(
            @RestQuery @NotNull @Parameter(description = "NPS, CSAT, CES or CLI") FeedbackKind kind,
            @RestQuery @NotNull @Parameter(description = "Start of the period", example = "2026-01-01T00:00:00Z")
                    Instant from,
            @RestQuery
                    @NotNull
                    @Parameter(description = "End of the period, not in it", example = "2026-02-01T00:00:00Z")
                    Instant to,
            @RestQuery @DefaultValue("ALL") @Parameter(description = "A figure for each of these; one for ALL")
                    Dimension by,
            @RestQuery
                    @Nullable
                    @Pattern(regexp = QuestionApi.CODE)
                    @Parameter(description = "Only this question, all its versions", example = "nps_shop")
                    String question,
            @RestQuery @Nullable @Size(max = 100) @Parameter(description = "Only this shop", example = "Moscow, Arbat")
                    String shop,
            @RestQuery @Nullable @Size(max = 50) @Parameter(description = "Only this channel", example = "email")
                    String channel) {
        return figures.of(new Filter(kind, new Period(from, to), by, question, shop, channel));
    }

    @GET
    @Path("promoters")
    @Accesses(value = AccessAction.READ, purpose = "review-requests")
    @Operation(
            operationId = "listPromoters",
            summary = "List customers to ask for a review",
            description =
                    "Whose last NPS answer is 9 or 10. Without those whose data are blocked; in the order of ids.")
    public Uni<PromoterPage> promoters(
            @RestQuery
                    @DefaultValue("2000-01-01T00:00:00Z")
                    @Parameter(description = "Answered since then", example = "2026-01-01T00:00:00Z")
                    Instant since,
            @RestQuery
                    @Nullable
                    @Pattern(regexp = QuestionApi.CODE)
                    @Parameter(description = "Only this question, all its versions", example = "nps_shop")
                    String question,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return figures.promoters(question, since, cursor, limit)
                .map(page -> page.map(PromoterView::of))
                .map(page -> new PromoterPage(page.items(), page.nextCursor()));
    }

    @GET
    @Path("advocates")
    @Accesses(value = AccessAction.READ, purpose = "review-requests")
    @Operation(
            operationId = "listAdvocates",
            summary = "List advocates: who uses and speaks well of the brand",
            description =
                    "Bought within the days, and speaks well: the last NPS answer in them is 9 or 10, or somebody who was invited bought and "
                            + "there is no answer. In the order of ids.")
    public Uni<AdvocatePage> advocates(
            @RestQuery
                    @DefaultValue("365")
                    @Min(1)
                    @Max(3650)
                    @Parameter(description = "Days back from now", example = "365")
                    int days,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit,
            @RestQuery @Nullable String cursor) {
        return figures.advocates(days, cursor, limit)
                .map(page -> page.map(AdvocateView::of))
                .map(page -> new AdvocatePage(page.items(), page.nextCursor()));
    }
}
