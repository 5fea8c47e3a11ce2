package io.snowball.platform.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** Adds to every operation of the contract what every operation can answer: a problem. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ProblemContractFilter implements OASFilter {
    @Override
    public Operation filterOperation(Operation operation) {
        var schema = OASFactory.createSchema().ref("#/components/schemas/Problem");
        var content = OASFactory.createContent()
                .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(schema));
        operation
                .getResponses()
                .addAPIResponse("default", OASFactory.createAPIResponse().description("Problem").content(content));
        return operation;
    }
}
