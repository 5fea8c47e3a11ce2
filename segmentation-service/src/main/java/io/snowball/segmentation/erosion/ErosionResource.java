package io.snowball.segmentation.erosion;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.money.Money;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.erosion.ErosionApi.ContactPrices;
import io.snowball.segmentation.erosion.ErosionApi.ErosionReport;
import io.snowball.segmentation.erosion.ErosionApi.PriceContacts;
import io.snowball.segmentation.erosion.ErosionApi.Response;
import io.snowball.segmentation.erosion.ErosionApi.RestGroupBody;
import io.snowball.segmentation.erosion.ErosionApi.RestGroupView;
import io.snowball.segmentation.erosion.ErosionApi.SegmentContactPrice;
import io.snowball.segmentation.erosion.ErosionApi.SendBalance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
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
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Erosion")
class ErosionResource {
    private final Erosion erosion;

    ErosionResource(Erosion erosion) {
        this.erosion = erosion;
    }

    @GET
    @Path("rest-group")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SERVICE})
    @Operation(
            operationId = "getRestGroup",
            summary = "Who rests from advertising, and when",
            description = "404 before startRestGroup.")
    public Uni<RestGroupView> group() {
        return erosion.group();
    }

    @PUT
    @Path("rest-group")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            operationId = "startRestGroup",
            summary = "Draw the rest group",
            description =
                    "Begins the experiment that measures erosion (M14). A share of all customers gets no advertising in the first restDays "
                            + "of every cycleDays: drawn by a hash, anew for each cycle, so that what is left of earlier rests is the same in "
                            + "both arms and can't be taken for the effect of this one. Once only: sent again with the same settings it "
                            + "changes nothing, with others it is refused with 409.")
    public Uni<RestGroupView> start(@Valid @NotNull RestGroupBody body) {
        return erosion.start(body);
    }

    @GET
    @Path("erosion")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getErosion",
            summary = "How contacts without answer make the next answer less likely",
            description =
                    "Response to the first message after the rest half of each cycle that is over: of customers who rested, against "
                            + "those who did not, by how many contacts without answer they had when the cycle reached them. "
                            + "It is the effect of the contacts of one cycle's rest half, whatever came before: each cycle is drawn anew, and "
                            + "what is left of earlier ones only widens the intervals (of a group that is not redrawn it is counted too). Who "
                            + "was in both arms in turn counts in each as if it were another: the interval is rather too wide than too narrow. "
                            + "Probabilities with "
                            + "Wilson's interval at the number of independent trials of the same variance, the customer being the "
                            + "cluster; fallPerContact is the Wald (instrumental variable) estimate with the delta method's interval. "
                            + "At least 200 first messages and 10 responses in either arm are needed. Computed once a day.")
    public Uni<ErosionReport> erosion(@RestQuery @DefaultValue("ORDERED") Response response) {
        return erosion.report(response);
    }

    @GET
    @Path("erosion/balance")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getSendBalance",
            summary = "What a mailing brings today, and what it takes",
            description =
                    "audience x response x worth against audience x fall x worth. With 20,000 people, a response of 0.005, a fall of 0.01 "
                            + "and 5,000 roubles: 100 bought, 0.5 million today; 200 lost, 1 million foregone.")
    public SendBalance balance(
            @RestQuery
                    @NotNull
                    @Min(1)
                    @Max(1_000_000_000)
                    @Parameter(description = "Customers who get the mailing", example = "20000")
                    Long audience,
            @RestQuery
                    @NotNull
                    @DecimalMin("0")
                    @DecimalMax("1")
                    @Parameter(description = "Share of them who respond", example = "0.005")
                    BigDecimal response,
            @RestQuery
                    @NotNull
                    @DecimalMin("-1")
                    @DecimalMax("1")
                    @Parameter(
                            description = "By how much the share of later responses falls in who does not respond",
                            example = "0.01")
                    BigDecimal fall,
            @RestQuery
                    @NotNull
                    @DecimalMin("0")
                    @DecimalMax("1000000000")
                    @Parameter(description = "What one response brings", example = "5000")
                    BigDecimal worth) {
        ErosionEstimate.Balance balance =
                new ErosionEstimate.Balance(audience, response.doubleValue(), fall.doubleValue(), worth.doubleValue());
        return new SendBalance(
                people(balance.responses()),
                money(balance.today()),
                people(balance.lostResponses()),
                money(balance.foregone()),
                money(balance.today() - balance.foregone()));
    }

    @POST
    @Path("contact-prices")
    @Accesses(value = AccessAction.READ, purpose = "analysis")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SERVICE})
    @Operation(
            operationId = "priceContacts",
            summary = "What one more message to each of these customers costs in later responses",
            description =
                    "For the contact policy: send where what is expected of a message is more than its price, and nothing to who rests. "
                            + "price = fall of the response probability per contact (of customers with as many contacts without answer, "
                            + "of all where those are too few) x messages that a usual customer gets within restDays x the customer's "
                            + "average bill (the mean worth of a response where they never bought). For so long as the rest lasted it "
                            + "was measured; what comes after is not in it.")
    public Uni<ContactPrices> prices(@Valid @NotNull PriceContacts body) {
        return erosion.prices(body.customerIds());
    }

    @GET
    @Path("contact-prices/{segmentId}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SERVICE})
    @Operation(
            operationId = "getSegmentContactPrice",
            summary = "What one more message to everybody in a segment costs in later responses",
            description = "The sum of priceContacts over its members; its interval takes estimates as moving together.")
    public Uni<SegmentContactPrice> price(@RestPath UUID segmentId) {
        return erosion.price(segmentId);
    }

    private static BigDecimal people(double number) {
        return BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_UP);
    }

    private static Money money(double roubles) {
        return new Money(BigDecimal.valueOf(roubles)
                .setScale(2, RoundingMode.HALF_UP)
                .unscaledValue()
                .longValueExact());
    }
}
