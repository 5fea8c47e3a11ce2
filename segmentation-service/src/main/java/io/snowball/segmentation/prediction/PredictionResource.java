package io.snowball.segmentation.prediction;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.access.AccessAction;
import io.snowball.platform.access.Accesses;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import io.snowball.segmentation.prediction.PredictionApi.BaseValueView;
import io.snowball.segmentation.prediction.PredictionApi.CreatePredictionModel;
import io.snowball.segmentation.prediction.PredictionApi.PredictionModelPage;
import io.snowball.segmentation.prediction.PredictionApi.PredictionModelView;
import io.snowball.segmentation.prediction.PredictionApi.PredictionView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Predictions")
class PredictionResource {
    private final Predictions predictions;

    PredictionResource(Predictions predictions) {
        this.predictions = predictions;
    }

    @POST
    @Path("prediction-models")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "createPredictionModel",
            summary = "Fit the models to the base and score every buyer",
            description =
                    "BG/NBD (Fader, Hardie, Lee 2005) and Pareto/NBD (Schmittlein, Morrison, Colombo 1987) for purchases, "
                            + "Gamma-Gamma (Fader, Hardie 2013) for spend, by maximum likelihood, time in weeks, the orders of one day (UTC) "
                            + "as one purchase. Ask for the model until its state is READY, or REFUSED with the reasons: at least 200 "
                            + "buyers, 100 repeat buyers and 26 weeks of orders are needed.")
    @APIResponseSchema(value = PredictionModelView.class, responseCode = "202", responseDescription = "Accepted")
    public Uni<RestResponse<PredictionModelView>> create(
            @RestHeader("Idempotency-Key") @Nullable UUID key, @Valid @NotNull CreatePredictionModel body) {
        return predictions.create(key, body);
    }

    @GET
    @Path("prediction-models")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "listPredictionModels",
            summary = "List prediction models",
            description = "The newest first.")
    public Uni<PredictionModelPage> list(
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(Keyset.MAX_LIMIT) int limit) {
        return predictions.list(cursor, limit).map(PredictionModelPage::of);
    }

    @GET
    @Path("prediction-models/{id}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getPredictionModel",
            summary = "Read one prediction model",
            description =
                    "Its progress, parameters, log-likelihood, and how it did on the holdout of the company's own data.")
    public Uni<PredictionModelView> get(@RestPath UUID id) {
        return predictions.get(id);
    }

    @GET
    @Path("predictions/{customerId}")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.SERVICE})
    @Accesses(value = AccessAction.READ, purpose = "analysis")
    @Operation(
            operationId = "getPrediction",
            summary = "What the newest model says of one customer",
            description = "404 for who has not bought, and before the first model is READY.")
    public Uni<PredictionView> prediction(@RestPath UUID customerId) {
        return predictions.prediction(customerId);
    }

    @GET
    @Path("predictions/base-value")
    @RolesAllowed({Roles.ADMIN, Roles.MARKETER, Roles.ANALYST})
    @Operation(
            operationId = "getBaseValue",
            summary = "What the newest model says of the whole base",
            description =
                    "Realised value, forecast and integral potential (M12) side by side; zeros before the first model. What models of "
                            + "other days said is in the list of models.")
    public Uni<BaseValueView> baseValue() {
        return predictions.baseValue();
    }
}
